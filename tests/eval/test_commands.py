"""``troly eval …`` as others call it: shapes, exit codes, one sentence per fault."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

import eval.commands
from assistant.cli import app
from assistant.settings import Settings
from eval.comparison import Release
from eval.judging import MEASURES
from eval.result import RESULTS, RUN
from eval.run import Order
from eval.variants import NAMES
from tests.command import Ran, RunTroly, call_command
from tests.eval.records import SMALL_CASES, VAN, write_small_office

ROOT = Path(__file__).parents[2]
_VIETNAMESE = re.compile(r"[ăâđêôơưạảấầậắặẹếềệịọốồộớờợụứừựỳ]", re.IGNORECASE)
SHARE_KEYS = {"right", "total", "low", "high"}


@dataclass(frozen=True)
class Office:
    """A small office, its data folder with one finished run, and how that run ended."""

    cases: Path
    documents: Path
    data: Path
    ran: Ran

    @property
    def run(self) -> str:
        return str(self.ran.json["run"])

    @property
    def order(self) -> tuple[str | Path, ...]:
        return "--cases", self.cases, "--documents", self.documents, "--jobs", "1"


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A run by the real examiner; tests only read from it."""
    folder = tmp_path_factory.mktemp("office")
    wrong = SMALL_CASES.replace("status: chat", "status: refused")
    cases, documents = write_small_office(folder / "office", wrong)
    arguments = ("eval", "run", "--cases", cases, "--documents", documents, "--variants", "plain, folded", "--json")
    data = folder / "data"
    data.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        return Office(cases, documents, data, call_command((*arguments, "--jobs", "1"), data, folder, b"", None, patch))


@pytest.fixture
def office(measured: Office, tmp_path: Path) -> Office:
    """A copy of it to write into."""
    data = tmp_path / "data"
    shutil.copytree(measured.data, data)
    return Office(measured.cases, measured.documents, data, measured.ran)


def second_run(office: Office, name: str = "2099-01-01-000000") -> str:
    """A later run in which the first case is wrong in every way of typing."""
    first, second = office.data / "eval" / office.run, office.data / "eval" / name
    shutil.copytree(first, second)
    for file in (RUN, RESULTS):
        text = (second / file).read_text(encoding="utf-8").replace(office.run, name)
        lines = [
            line.replace('"right":true', '"right":false') if '"case":"ong-001"' in line else line
            for line in text.splitlines()
        ]
        (second / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def gate_file(folder: Path, text: str) -> Path:
    path = folder / "gate.toml"
    path.write_text(text, encoding="utf-8")
    return path


def assert_is_fault(ran: Ran) -> None:
    assert ran.rc == 2, ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1, ran.stderr
    assert _VIETNAMESE.search(ran.stderr)
    assert ran.raw == b""


# --- run -------------------------------------------------------------------------------------------------


def test_run_for_programs(measured: Office) -> None:
    assert (measured.ran.rc, measured.ran.stderr) == (0, "")
    found = measured.ran.json
    assert set(found) == {
        "run", "report", "questions", "cases", "seconds", "measures", "everything", "tags", "suites", "variants",
        "milliseconds",
    }  # fmt: skip
    assert (found["cases"], found["questions"]) == (3, 6)
    for group in ("measures", "everything", "tags", "suites", "variants"):
        assert all(set(share) == SHARE_KEYS for share in found[group].values())
    assert set(found["measures"]) <= set(MEASURES)
    assert (found["measures"]["right"]["right"], found["measures"]["right"]["total"]) == (2, 3)
    assert set(found["milliseconds"]) == {"p50", "p95", "p99", "max"}
    assert "ong-003" in Path(found["report"]).read_text(encoding="utf-8")


@pytest.mark.usefixtures("quick")
def test_run_for_people(call_troly: RunTroly, office: Office) -> None:
    ran = call_troly("eval", "run", *office.order, "--variants", "plain", "--only", "lead", data=office.data)
    assert (ran.rc, ran.stderr) == (0, "")
    assert "1 ca, 1 câu hỏi" in ran.stdout
    assert "Trả lời đúng" in ran.stdout
    assert "thấp hơn là tốt" in ran.stdout
    report = re.search(r"Báo cáo: (.+)", ran.stdout)
    assert report is not None
    assert Path(report[1]).is_file()


@pytest.mark.usefixtures("quick")
def test_run_is_kept_as_a_release(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept: list[Release] = []

    def keep(release: Release) -> Path:
        kept.append(release)
        return tmp_path / "0.2.0.json"

    monkeypatch.setattr(eval.commands, "write_release", keep)
    order = Order(cases=office.cases, documents=office.documents, variants=("plain",), only=("ong-001",), jobs=1)
    eval.commands.run_all(Settings(data=office.data), order, fresh=False, release="0.2.0", as_json=True)
    assert kept == [Release(name="0.2.0", variants=("plain",), cases={"ong-001": "1"})]


@pytest.mark.parametrize(
    ("arguments", "words"), [(("--release", "a/b"), "số bản phát hành"), (("--release", "0.2.0"), "chạy đủ mọi ca")]
)
def test_release_has_a_number_and_holds_all_cases(
    call_troly: RunTroly, office: Office, arguments: tuple[str, ...], words: str
) -> None:
    ran = call_troly("eval", "run", *office.order, *arguments, data=office.data)
    assert ran.rc == 2
    assert words in ran.stderr


def test_unknown_way_of_typing_is_told_with_those_there_are(call_troly: RunTroly, office: Office) -> None:
    ran = call_troly("eval", "run", *office.order, "--variants", "plain,khong_co", data=office.data)
    assert_is_fault(ran)
    assert all(name in ran.stderr for name in ("khong_co", *NAMES))


def test_unknown_case_is_told(call_troly: RunTroly, office: Office) -> None:
    ran = call_troly("eval", "run", *office.order, "--only", "ong-999", data=office.data)
    assert_is_fault(ran)
    assert "ong-999" in ran.stderr


def test_bad_cases_are_told_all_at_once(call_troly: RunTroly, office: Office, tmp_path: Path) -> None:
    (tmp_path / "ca").mkdir()
    text = SMALL_CASES.replace("status: answered", "status: answred")
    (tmp_path / "ca" / "ong.yaml").write_text(text, encoding="utf-8")
    ran = call_troly("eval", "run", "--cases", tmp_path / "ca", data=office.data)
    assert ran.rc == 2
    assert "Traceback" not in ran.stderr
    assert all(part in ran.stderr for part in ("ong.yaml, dòng 3", "ong.yaml, dòng 10", "ong-001", "ong-002"))


def test_cases_without_their_documents(call_troly: RunTroly, office: Office) -> None:
    ran = call_troly("eval", "run", "--cases", office.cases, "--jobs", "1", data=office.data)
    assert ran.rc == 2
    assert f"{VAN}//1" in ran.stderr


@pytest.mark.parametrize("arguments", [("--cases", "khong-co"), ("--jobs", "-1"), ("--jobs", "hai"), ("--seed", "x")])
def test_bad_arguments_of_a_run(call_troly: RunTroly, arguments: tuple[str, ...]) -> None:
    assert_is_fault(call_troly("eval", "run", *arguments))


# --- gate ------------------------------------------------------------------------------------------------


def test_gate_that_is_passed(call_troly: RunTroly, office: Office, tmp_path: Path) -> None:
    file = gate_file(tmp_path, "[measures]\nright = 0.5\ncrashes = 0\n[variants]\nfolded = 0.5\n")
    ran = call_troly("eval", "gate", office.run, "--gate", file, data=office.data)
    assert (ran.rc, ran.stderr) == (0, "")
    assert "Đạt: cả 3 ngưỡng" in ran.stdout
    assert "Đạt: cả 3 ngưỡng" in (office.data / "eval" / office.run / "report.html").read_text(encoding="utf-8")


def test_gate_that_is_not_passed(call_troly: RunTroly, office: Office, tmp_path: Path) -> None:
    file = gate_file(tmp_path, "[measures]\nright = 0.9\ncrashes = 0\n[variants]\nnfd = 0.5\n")
    ran = call_troly("eval", "gate", office.run, "--gate", file, data=office.data)
    assert ran.rc == 1
    assert "Không đạt" in ran.stderr
    assert "Trả lời đúng 66.7% (ít nhất 90.0%)" in ran.stderr
    assert "không đo được" in ran.stderr
    assert "Dừng đột ngột" not in ran.stderr


@pytest.mark.parametrize(("floor", "rc"), [(0.6, 0), (0.7, 1)])
def test_gate_for_programs(call_troly: RunTroly, office: Office, tmp_path: Path, floor: float, rc: int) -> None:
    file = gate_file(tmp_path, f"[measures]\nright = {floor}\n")
    ran = call_troly("eval", "gate", office.run, "--gate", file, "--json", data=office.data)
    assert (ran.rc, ran.stderr) == (rc, "")
    assert ran.json == {
        "run": office.run,
        "passed": rc == 0,
        "checks": [
            {
                "group": "measures", "name": "right", "limit": floor, "value": pytest.approx(2 / 3),
                "lower_is_better": False, "passed": rc == 0,
            }
        ],
        "comparison": None,
    }  # fmt: skip


@pytest.mark.usefixtures("quick")
def test_gate_runs_the_cases_where_no_run_is_named(call_troly: RunTroly, office: Office, tmp_path: Path) -> None:
    file = gate_file(tmp_path, "[variants]\nnfd = 0.5\n[measures]\n")
    ran = call_troly("eval", "gate", *office.order, "--gate", file, "--json", data=office.data)
    assert ran.rc == 0
    assert ran.json["run"] != office.run


def test_build_that_is_worse_than_the_release_does_not_pass(
    call_troly: RunTroly, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eval.commands, "last_release", lambda: Release(
        name="0.1.0", variants=("plain",), cases={f"ong-{i:03}": "1" for i in range(1, 4)},
    ))  # fmt: skip
    monkeypatch.setattr("eval.comparison.SIGNIFICANT", 1.1)
    file = gate_file(tmp_path, "[measures]\nright = 0.5\n")
    ran = call_troly("eval", "gate", office.run, "--gate", file, data=office.data)
    assert ran.rc == 1
    assert "kém bản phát hành 0.1.0" in ran.stderr
    assert "ong-003+plain" in ran.stdout


def test_half_a_run_is_not_let_through(call_troly: RunTroly, office: Office, tmp_path: Path) -> None:
    path = office.data / "eval" / office.run / RUN
    info = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**info, "finished": None}), encoding="utf-8")
    ran = call_troly(
        "eval", "gate", office.run, "--gate", gate_file(tmp_path, "[measures]\nright = 0\n"), data=office.data
    )
    assert_is_fault(ran)
    assert office.run in ran.stderr


@pytest.mark.parametrize(
    ("text", "key"), [("[measures]\nrihgt = 1\n", "rihgt"), ("[measures]\nright = 2\n", "right"), ("x", "gate.toml")]
)
def test_bad_gate_file(call_troly: RunTroly, office: Office, tmp_path: Path, text: str, key: str) -> None:
    ran = call_troly("eval", "gate", office.run, "--gate", gate_file(tmp_path, text), data=office.data)
    assert_is_fault(ran)
    assert key in ran.stderr


def test_unknown_run(call_troly: RunTroly, office: Office) -> None:
    for arguments in (("gate", "khong-co"), ("compare", "khong-co"), ("compare", office.run, "khong-co")):
        ran = call_troly("eval", *arguments, data=office.data)
        assert_is_fault(ran)
        assert "khong-co" in ran.stderr
        assert office.run in ran.stderr


# --- compare ---------------------------------------------------------------------------------------------


def test_compare_for_programs(call_troly: RunTroly, office: Office) -> None:
    later = second_run(office)
    ran = call_troly("eval", "compare", office.run, later, "--json", data=office.data)
    assert (ran.rc, ran.stderr) == (0, "")
    assert ran.json == {
        "before": office.run,
        "after": later,
        "all": {"before": 4, "after": 2, "total": 6},
        "variants": {name: {"before": 2, "after": 1, "total": 3} for name in ("plain", "folded")},
        "fixed": [],
        "broke": ["ong-001+plain", "ong-001+folded"],
        "only_before": 0,
        "only_after": 0,
        "p_value": 1.0,
    }


def test_compare_for_people_takes_the_last_run(call_troly: RunTroly, office: Office) -> None:
    later = second_run(office)
    ran = call_troly("eval", "compare", office.run, data=office.data)
    assert (ran.rc, ran.stderr) == (0, "")
    assert f"So {later} với {office.run}" in ran.stdout
    assert "hỏng 2 câu" in ran.stdout
    assert "ong-001+folded" in ran.stdout


@pytest.mark.parametrize("release", [Release(name="0.1.0", variants=("plain",), cases={"ong-003": "1"}), None])
def test_compare_with_the_last_release(
    call_troly: RunTroly, office: Office, monkeypatch: pytest.MonkeyPatch, release: Release | None
) -> None:
    monkeypatch.setattr(eval.commands, "last_release", lambda: release)
    ran = call_troly("eval", "compare", "--json", data=office.data)
    if release is None:
        assert_is_fault(ran)
        return
    assert (ran.json["before"], ran.json["broke"], ran.json["only_after"]) == ("0.1.0", ["ong-003+plain"], 5)


def test_compare_where_nothing_was_run(call_troly: RunTroly, tmp_path: Path) -> None:
    assert_is_fault(call_troly("eval", "compare", data=tmp_path))


# --- retrieval -------------------------------------------------------------------------------------------


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """A collection of one document and one question."""
    (tmp_path / "corpus.jsonl").write_text('{"_id": "a", "text": "nuôi ong lấy mật"}\n', encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "nuôi ong"}\n', encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("q\ta\t1\n", encoding="utf-8")
    return tmp_path


def test_retrieval_for_programs(call_troly: RunTroly, beir: Path) -> None:
    ran = call_troly("eval", "retrieval", beir, "--json")
    assert (ran.rc, ran.stderr) == (0, "")
    assert set(ran.json["words"]) == {"accents", "no_accents"}
    assert ran.json["words"]["no_accents"]["nDCG@10"] == 1


def test_retrieval_for_people(call_troly: RunTroly, beir: Path) -> None:
    ran = call_troly("eval", "retrieval", beir)
    assert ran.rc == 0
    assert all(words in ran.stdout for words in ("từ ngữ", "không dấu", "nDCG@10", "1.000"))


def test_retrieval_of_a_bad_folder(call_troly: RunTroly, beir: Path) -> None:
    (beir / "qrels.tsv").write_text("q\ta\n", encoding="utf-8")
    ran = call_troly("eval", "retrieval", beir)
    assert_is_fault(ran)
    assert "qrels.tsv" in ran.stderr
    assert_is_fault(call_troly("eval", "retrieval", beir / "khong-co"))


# --- add -------------------------------------------------------------------------------------------------


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of one question with a person's name."""
    path = tmp_path / "Câu hỏi.csv"
    path.write_text("Câu hỏi\nanh Nguyễn Văn An hỏi nhiệm vụ 18 kế hoạch 158 ai chủ trì?\n", encoding="utf-8")
    return path


def test_add_to_the_screen(call_troly: RunTroly, table: Path) -> None:
    ran = call_troly("eval", "add", table)
    assert (ran.rc, ran.stderr) == (0, "")
    assert "- id: cau-hoi-001" in ran.stdout
    assert "draft: true" in ran.stdout
    assert "nhi-chieu-158//18" in ran.stdout
    assert "Nguyễn" not in ran.stdout


def test_add_to_a_file_that_is_not_there_yet(call_troly: RunTroly, table: Path, tmp_path: Path) -> None:
    file = tmp_path / "moi" / "thang-11.yaml"
    ran = call_troly("eval", "add", table, "--to", file)
    assert (ran.rc, ran.stderr) == (0, "")
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Ca nháp")
    assert "- id: thang-11-001" in text
    assert_is_fault(call_troly("eval", "add", table, "--to", file))
    assert file.read_text(encoding="utf-8") == text


def test_add_of_what_cannot_be_read(call_troly: RunTroly, tmp_path: Path) -> None:
    bad = tmp_path / "bang.csv"
    bad.write_text("Đơn vị\nxã\n", encoding="utf-8")
    assert_is_fault(call_troly("eval", "add", bad))
    assert_is_fault(call_troly("eval", "add", tmp_path / "khong-co.jsonl"))


# --- help ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", "run", "compare", "gate", "retrieval", "add"])
def test_help_is_in_vietnamese(command: str) -> None:
    result = CliRunner().invoke(app, ["eval", *command.split(), "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    named = re.findall(r"^\W*(--[a-z-]+|run|compare|gate|retrieval|add)\s+(.*?)\W*$", result.stdout, re.MULTILINE)
    assert len(named) >= 2
    for option, words in named:
        if option != "--help":
            assert _VIETNAMESE.search(words), f"{command} {option}"


def test_eval_stands_among_the_commands() -> None:
    assert re.search(r"eval\s+Đánh giá", CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).stdout)


def test_commands_of_eval_are_loaded_only_where_they_are_named() -> None:
    code = "import sys; from assistant.cli import main; sys.argv = ['troly', 'tasks', '--help']\n"
    code += "try: main()\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    loaded = done.stdout.split()
    assert "assistant.cli" in loaded
    assert "eval.cli" not in loaded


@pytest.mark.parametrize("arguments", [("khong-co",), ("gate", "--khong-co"), ("add",), ("retrieval",)])
def test_bad_arguments(call_troly: RunTroly, arguments: tuple[str, ...]) -> None:
    assert_is_fault(call_troly("eval", *arguments))


def test_missing_libraries_are_told(call_troly: RunTroly, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    ran = call_troly("eval", "compare")
    assert_is_fault(ran)
    assert "troly[eval]" in ran.stderr
