"""Tesseract as it is called: one run for many images, in bounds, and no answer rather than a wrong one."""

from __future__ import annotations

import shutil

import pytest
from PIL import Image, ImageDraw, ImageFont

from tragitto_pec.scan import ocr
from tragitto_pec.scan.ocr import ONE_LINE, NoOcrError, read_images

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract here")


def written(words: str) -> Image.Image:
    """A line of print."""
    image = Image.new("L", (600, 48), 255)
    ImageDraw.Draw(image).text((10, 10), words, font=ImageFont.load_default(28), fill=0)
    return image


@needs_tesseract
def test_many_images_are_read_in_one_run_each_by_itself():
    lines = read_images([written("Bergamo"), written("·"), written("Treviglio 24047")], ONE_LINE)

    assert [line.text for line in lines][::2] == ["Bergamo", "Treviglio 24047"]
    assert lines[0].confidence > 0.8


def test_nothing_to_read_starts_no_program(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    assert read_images([], ONE_LINE) == []


def test_without_tesseract_there_is_no_answer(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(NoOcrError):
        read_images([written("Bergamo")], ONE_LINE)


@needs_tesseract
def test_without_italian_there_is_no_answer(monkeypatch, tmp_path):
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))

    with pytest.raises(NoOcrError):
        read_images([written("Bergamo")], ONE_LINE)


@needs_tesseract
def test_a_run_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(ocr, "_WAITING", 0.01)

    with pytest.raises(NoOcrError, match="out of time"):
        read_images([written("Bergamo")] * 20, ONE_LINE)


@pytest.mark.parametrize("program", ["exit 1", "echo no table", "head -c 9000000 /dev/zero; true"])
def test_a_program_that_says_anything_else(monkeypatch, tmp_path, program):
    script = tmp_path / "tesseract"
    script.write_text(f"#!/bin/sh\n/bin/cat >/dev/null\n{program}\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    try:
        lines = read_images([written("Bergamo")], ONE_LINE)
    except NoOcrError:
        lines = []

    assert [line.text for line in lines] in ([], [""])
