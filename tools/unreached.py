"""What no program reaches, and why it stands all the same; vulture reads it in `make check`."""

# ruff: noqa: F821, B018
# mypy: ignore-errors

# Written for a screen or a verb that is not there yet; each goes from this list when it is.
newer  # reading a record of an older form version under the newest: another council's added questions
older  # the way back of `newer`
urgent_concern  # the manager's page Team: an interview with an urgent concern
counts_as  # figures: what an option counts as

# Read by people or by other programs, not by ours.
from_question  # where a carried fact came from, for whoever reads a record's history
other_reading  # the second reading of a rule, printed in docs/practice.md
narrative  # whether a role reads free words, printed in docs/practice.md
conflict  # printed in docs/practice.md
done_by  # printed in docs/practice.md
answered_by  # printed in docs/practice.md
PROCEDURE  # printed in docs/practice.md
RULES  # printed in docs/practice.md
default  # printed in docs/practice.md
OFSTED  # printed in docs/practice.md
ABSENT  # printed in docs/practice.md
corrects  # which signature a correction names: part of the record, checked by the service
last_device_seq  # a message of the protocol: older laptops send it
proto  # a message of the protocol: read by the other side's version
batch_id  # a message of the protocol: names a push in the service's log
finished_at  # what a reconciliation reports, printed as JSON
files_sent  # what a reconciliation reports, printed as JSON
files_fetched  # what a reconciliation reports, printed as JSON
prove_backup  # the store's own proof of a backup, called by its soak
WORD_PAIRS  # every pair of colours that words need; the test of contrast goes over them
SHAPE_PAIRS  # the same for shapes
reshape  # the way a migration changes a table without dropping its triggers; the next one that does uses it
