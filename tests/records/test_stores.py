"""Where content lies: by hash, whole or not at all, checked whenever it is handed out."""

import pytest
from django.core.files.storage import InMemoryStorage

from tragitto.kernel.canonical import sha256_hex
from tragitto.records import queries, stores
from tragitto.records.models import Document


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path) -> stores.Store:
    if request.param == "folder":
        return stores.FolderStore(tmp_path / "documents")
    return stores.DjangoStore(InMemoryStorage())


def test_content_comes_back_as_it_was_put(store):
    assert store.get(store.put(b"modulo")) == b"modulo"


def test_the_name_is_the_hash(store):
    assert store.put(b"modulo") == sha256_hex(b"modulo")


def test_put_twice_is_there_once(store):
    assert store.put(b"modulo") == store.put(b"modulo")
    assert store.get(sha256_hex(b"modulo")) == b"modulo"


def test_missing_content_is_said_to_be_missing(store):
    with pytest.raises(stores.ContentMissing):
        store.get(sha256_hex(b"never kept"))


def test_changed_content_is_never_handed_out(tmp_path):
    store = stores.FolderStore(tmp_path)
    sha256 = store.put(b"modulo")
    store.place(sha256).write_bytes(b"Modulo")

    with pytest.raises(stores.ContentChanged):
        store.get(sha256)


def test_a_file_cut_short_by_an_accident_is_written_again(tmp_path):
    store = stores.FolderStore(tmp_path)
    sha256 = store.put(b"modulo")
    store.place(sha256).write_bytes(b"mod")

    store.put(b"modulo")

    assert store.get(sha256) == b"modulo"


def test_a_damaged_file_of_the_same_length_is_mended(tmp_path):
    store = stores.FolderStore(tmp_path)
    sha256 = store.put(b"modulo")
    store.place(sha256).write_bytes(b"Modulo")

    store.put(b"modulo")

    assert store.get(sha256) == b"modulo"


def test_a_damaged_object_in_a_bucket_is_mended():
    storage = InMemoryStorage()
    store = stores.DjangoStore(storage)
    sha256 = store.put(b"modulo")
    with storage.open(store.name(sha256), "wb") as file:
        file.write(b"Modulo")
    assert not store.holds(sha256)

    store.put(b"modulo")

    assert store.get(sha256) == b"modulo"


def test_what_another_process_has_put_there_is_flushed_too(tmp_path, monkeypatch):
    store = stores.FolderStore(tmp_path)
    sha256 = store.put(b"modulo")
    flushed = []
    flush = stores._flush
    monkeypatch.setattr(stores, "_flush", lambda place: (flushed.append(place), flush(place)))

    store.put(b"modulo")

    assert {store.place(sha256), store.place(sha256).parent} <= set(flushed)


def test_only_the_owner_reads_the_folder(tmp_path):
    store = stores.FolderStore(tmp_path / "documents")
    place = store.place(store.put(b"modulo"))

    assert (place.stat().st_mode & 0o077, place.parent.stat().st_mode & 0o077) == (0, 0)


def test_a_bucket_is_chosen_by_the_setting(settings):
    settings.DOCUMENTS = "s3://documents-of-the-office"
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }

    assert isinstance(stores.current(), stores.DjangoStore)


@pytest.mark.django_db
def test_missing_and_changed_documents_are_named(take, submission):
    take(submission)
    raw, form = Document.objects.order_by("pk")
    stores.current().place(raw.sha256).unlink()
    stores.current().place(form.sha256).write_bytes(b"changed")

    assert [(damage.document, damage.problem) for damage in queries.verify_documents()] == [
        (raw.code, "is missing from the store"),
        (form.code, "is not what was kept"),
    ]


@pytest.mark.django_db
def test_a_whole_store_has_no_damage(take, submission):
    take(submission)

    assert list(queries.verify_documents()) == []
