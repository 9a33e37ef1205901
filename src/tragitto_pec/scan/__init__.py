"""Reads printed forms that came back as scans: straightened by their codes, place by place."""

from tragitto_pec.scan.ocr import can_read
from tragitto_pec.scan.reading import Proposal, ScannedPage, ScanReading
from tragitto_pec.scan.transcription import transcribe, transcribe_all

__all__ = ["Proposal", "ScanReading", "ScannedPage", "can_read", "transcribe", "transcribe_all"]
