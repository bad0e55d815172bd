"""Records: operations in, one view out. Pure; no clock, no file, no network of its own."""

from casework.canonical import JSON
from casework.records.answer_paths import cell_path, field_path, parent_row, parse_path, row_path
from casework.records.authoring import Author, bucket_of
from casework.records.content import Row, Standing
from casework.records.merge import Merge, view
from casework.records.operation import MAX_BYTES, Change, Kind, Operation, Stamp, split_text
from casework.records.view import Amendment, Proposed, RecordView, Signed

__all__ = [
    "JSON",
    "MAX_BYTES",
    "Amendment",
    "Author",
    "Change",
    "Kind",
    "Merge",
    "Operation",
    "Proposed",
    "RecordView",
    "Row",
    "Signed",
    "Stamp",
    "Standing",
    "bucket_of",
    "cell_path",
    "field_path",
    "parent_row",
    "parse_path",
    "row_path",
    "split_text",
    "view",
]
