"""Open contradictions: noted once per (code, subject), derived anew with every arrival."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.pipeline.arrival import Arrival
from app.pipeline.catalogue import entry
from app.pipeline.floor import BATCH, Floor, Suspicion
from app.pipeline.models import OpenException, Stream
from app.pipeline.operation import Playbook


@dataclass(eq=False)
class Contradiction(Problem):
    """A flag that stands by itself: no later arrival can explain it away."""

    family: str
    subject: str

    def facts(self) -> dict[str, object]:
        """Leave out what the exception's identity already says."""
        facts = super().facts()
        return {name: facts[name] for name in facts if name not in {"family", "subject"}}


Found = dict[tuple[str, str, str], dict[str, Any]]  # (family, subject, code) → detail


def note(
    floor: Floor,
    arrival: Arrival,
    verdict: str,
    codes: tuple[str, ...],
    detail: dict[str, Any] | None,
    flags: tuple[Problem, ...],
) -> None:
    """Remember what stands by itself: kept envelopes, doubts about a person, contradictions."""
    for flag in flags:
        if isinstance(flag, Contradiction):
            floor.state(flag.family, flag.subject, flag.code, flag.facts())
    if verdict == "refused":
        return
    facts = {"device": arrival.device, "epoch": arrival.epoch, "seq": arrival.seq}
    for code in codes:
        if verdict == "exception" and code == "unresolved_barcode" and detail:
            floor.state("unknown", str(detail.get("id")), code, detail)
        elif verdict == "exception":
            where = f"{arrival.device}|{arrival.epoch}|{arrival.seq}"
            floor.state("envelope", where, code, {**facts, **(detail or {})})
        elif code.startswith("sync."):
            actor = arrival.envelope.get("actor") or ""
            floor.state("actor", f"{actor}|{arrival.device}", code, {"device": arrival.device})


def derive(session: Session, playbook: Playbook, floor: Floor, stream: Stream) -> None:
    """Open what now contradicts, close what has explained itself."""
    for model, family in playbook.families.items():
        floor.subjects[family].update(floor.touched.get(model, {}))
    for family, subjects in list(floor.subjects.items()):
        derivation = playbook.derivers.get(family)
        if derivation is None or not subjects:
            continue
        found: Found = {
            (family, subject, code): detail
            for subject, codes in derivation.derive(floor, set(subjects)).items()
            for code, detail in codes.items()
        }
        _settle(session, floor, stream, family, found, subjects, derivation.codes)
    standing: dict[str, Found] = {}
    suspicions: dict[str, dict[str, Suspicion]] = {}
    for (family, subject, code), (detail, suspicion) in floor.standing.items():
        standing.setdefault(family, {})[(family, subject, code)] = detail
        suspicions.setdefault(family, {})[subject] = suspicion
    for family, found in standing.items():
        _settle(session, floor, stream, family, found, suspicions[family], frozenset())


def _settle(
    session: Session,
    floor: Floor,
    stream: Stream,
    family: str,
    found: Found,
    subjects: Mapping[str, Suspicion],
    closable: frozenset[str],
) -> None:
    existing: dict[tuple[str, str, str], OpenException] = {}
    names = sorted(subjects)
    for start in range(0, len(names), BATCH):
        for row in session.scalars(
            select(OpenException).where(
                OpenException.site == floor.site,
                OpenException.family == family,
                OpenException.subject.in_(names[start : start + BATCH]),
            )
        ):
            existing[(row.family, row.subject, row.code)] = row
            floor.remember({(OpenException, row.id): row})
    for key, detail in sorted(found.items(), key=lambda pair: pair[0]):
        _open(session, floor, stream, existing.get(key), key, detail, subjects[key[1]])
    for key, row in existing.items():
        if key not in found and row.code in closable and row.state != "closed":
            row.state, row.resolution = "closed", "settled"
            row.closed_at = subjects[row.subject].at
            floor.touch(row)


def _open(
    session: Session,
    floor: Floor,
    stream: Stream,
    row: OpenException | None,
    key: tuple[str, str, str],
    detail: dict[str, Any],
    suspicion: Suspicion,
) -> None:
    family, subject, code = key
    known = entry(code)
    state = "settling" if known.settling else "open"
    if row is None:
        row = OpenException(
            id=derived(floor.site, f"{code}|{subject}"),
            site=floor.site,
            code=code,
            family=family,
            subject=subject,
            detail=detail,
            severity=known.severity,
            state=state,
            opened_seq=stream.commit_seq,
            opened_at=suspicion.at,
            operation=suspicion.operation,
            device=suspicion.device,
        )
        floor.add(row)
        return
    # What was accepted stays closed while it is the same; another kept operation never is.
    again = row.state == "closed" and (row.accepted != detail or family == "unknown")
    if row.detail == detail and not again:
        return
    row.detail = detail
    if again:
        row.state, row.resolution, row.closed_at = state, None, None
        row.opened_at, row.opened_seq = suspicion.at, stream.commit_seq
        row.operation, row.device = suspicion.operation, suspicion.device
    floor.touch(row)
