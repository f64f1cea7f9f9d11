"""R3: the declared model of std is whole: it reads without issue, and every name in it means something.

A name of the model that resolves to nothing would be silent: a type nobody knows, an edge that is not
there. So each path that a header, a signature or a `use` of the model names is asked of the resolver.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files

import pytest

from isg_graph.infer.lower import Lowering
from isg_graph.infer.ty import OUTSIDE, UNKNOWN, head
from isg_graph.link.model import model_tree
from isg_graph.model import FILES, load
from isg_graph.parse.extract import extract
from isg_graph.resolve.definition import TYPES, VALUES, Definition, VariantOf
from isg_graph.resolve.lookup import Lookup
from isg_graph.resolve.read import Reads
from isg_protocol.facts import AliasHead, ImplHead

LANGUAGE = """
future::Future future::IntoFuture ops::Deref ops::Index ops::IndexMut ops::Fn ops::FnMut ops::FnOnce
ops::Add ops::Sub ops::Mul ops::Div ops::Rem ops::BitAnd ops::BitOr ops::BitXor ops::Shl ops::Shr
ops::AddAssign ops::SubAssign ops::MulAssign ops::DivAssign ops::RemAssign ops::BitAndAssign
ops::BitOrAssign ops::BitXorAssign ops::ShlAssign ops::ShrAssign ops::Neg ops::Not ops::Drop
ops::Range ops::RangeInclusive ops::RangeFrom ops::RangeTo ops::RangeToInclusive ops::RangeFull
iter::Iterator iter::IntoIterator convert::From cmp::PartialEq cmp::PartialOrd
marker::Send marker::Sync marker::Sized marker::Unpin marker::Copy
vec::Vec string::String option::Option result::Result task::Poll fmt::Error ffi::CStr
"""
PRELUDE = """
ToOwned Box Clone Eq Ord PartialEq PartialOrd AsMut AsRef From Into TryFrom TryInto Default Extend
FromIterator IntoIterator Iterator DoubleEndedIterator ExactSizeIterator Copy Send Sized Sync Unpin
Drop Fn FnMut FnOnce Option Result String ToString Vec
"""
COMMON = """
std::sync::Arc std::sync::Mutex std::sync::atomic::AtomicUsize std::sync::mpsc::Sender std::rc::Rc
std::cell::RefCell std::collections::HashMap std::collections::hash_map::HashMap
std::collections::hash_map::Entry std::collections::VecDeque std::collections::btree_map::Range
std::io::Read std::io::prelude::Write std::net::TcpStream std::path::PathBuf std::time::Duration
std::thread::JoinHandle std::process::Command std::os::unix::io::AsRawFd std::ptr::NonNull
core::mem::MaybeUninit std::num::NonZeroUsize std::os::raw::c_int
"""


@lru_cache(maxsize=1)
def root() -> Definition:
    return next(iter(model_tree().crates.values()))


@lru_cache(maxsize=1)
def lookup() -> Lookup:
    return Lookup(model_tree(), root(), Reads())


def found(path: str, namespace: int = TYPES) -> object:
    scope = root().scope
    assert scope is not None
    return lookup().use_path(scope, path.split("::"), namespace, False)


def unknown_part(value: object) -> object:
    """What of a lowered type or bound is unknown or outside the model; None when all is known."""
    if isinstance(value, tuple):
        if value and value[0] == OUTSIDE and isinstance(value[0], int) and isinstance(value[1], str):
            return value[1]
        if len(value) == 1 and value[0] == UNKNOWN and isinstance(value[0], int):
            return "an unknown type"
        for part in value:
            if (inner := unknown_part(part)) is not None:
                return inner
    return None


def test_the_list_of_files_is_what_the_package_holds() -> None:
    def below(folder: object, prefix: str) -> list[str]:
        names: list[str] = []
        for entry in folder.iterdir():  # type: ignore[attr-defined]
            if entry.is_dir():
                names.extend(below(entry, f"{prefix}{entry.name}/"))
            elif entry.name.endswith(".rs"):
                names.append(prefix + entry.name)
        return names

    assert sorted(below(files("isg_graph.model"), "")) == list(FILES)
    assert list(FILES) == sorted(FILES)


@pytest.mark.parametrize("path", FILES)
def test_a_file_of_the_model_reads_without_an_issue(path: str) -> None:
    facts = extract(load()[path])
    assert facts.issues == []
    assert facts.items


def test_every_file_belongs_to_the_module_tree() -> None:
    reached = {definition.file for definition in model_tree().definitions}
    assert reached == set(FILES)


def test_every_used_path_exists() -> None:
    missing = []
    for definition in model_tree().definitions:
        if definition.kind not in ("module", "crate") or definition.scope is None:
            continue
        for one in [
            *definition.scope.globs,
            *(i for ones in definition.scope.imports.values() for i in ones),
        ]:
            hits = [lookup().import_target(one, namespace) for namespace in (TYPES, VALUES)]
            if not any(isinstance(hit, Definition | VariantOf) for hit in hits):
                missing.append(f"{definition.symbol}: {'::'.join(one.leaf.path)}")
    assert missing == []


def test_no_path_is_defined_twice() -> None:
    # A unit or tuple struct is type and value at once, and modules may share a type's name.
    places = Counter(
        (d.symbol, d.kind)
        for d in model_tree().definitions
        if d.kind in ("struct", "enum", "union", "trait", "function", "const", "module", "type_alias")
        and (d.parent is None or d.parent.kind in ("module", "crate"))
    )
    assert [place for place, count in places.items() if count > 1] == []


def test_no_type_has_two_methods_of_one_name_in_one_impl() -> None:
    twice = [
        f"{d.symbol}::{name}"
        for d in model_tree().definitions
        if d.kind in ("impl", "trait")
        for name, items in d.items.items()
        if len(items) > 1
    ]
    assert twice == []


def test_every_impl_header_is_known() -> None:
    lowering = Lowering(lookup())
    wrong = []
    for definition in model_tree().definitions:
        if definition.kind != "impl":
            continue
        header = lowering.header(definition)
        part = unknown_part((header.self_type, header.trait, tuple(header.predicates)))
        written = definition.item.head if definition.item else None
        assert isinstance(written, ImplHead)
        if part is not None or (header.trait is None) != (written.trait is None):
            wrong.append(f"{definition.file}:{definition.item.line if definition.item else 0} {part}")
    assert wrong == []


def test_every_signature_is_known() -> None:
    lowering = Lowering(lookup())
    wrong = []
    for definition in model_tree().definitions:
        if definition.kind not in ("method", "function"):
            continue
        signature = lowering.signature(definition)
        if (
            part := unknown_part((tuple(signature.params), signature.result, tuple(signature.predicates)))
        ) is not None:
            wrong.append(f"{definition.file}: {definition.symbol}: {part}")
    assert wrong == []


def test_every_alias_and_associated_type_is_known() -> None:
    lowering = Lowering(lookup())
    wrong = []
    for definition in model_tree().definitions:
        written = definition.item.head if definition.item else None
        if isinstance(written, AliasHead) and written.target is not None:
            if (part := unknown_part(lowering.type(written.target, definition))) is not None:
                wrong.append(f"{definition.file}: {definition.symbol}: {part}")
    assert wrong == []


def test_every_iterator_says_its_item() -> None:
    trait = found("iter::Iterator")
    lowering = Lowering(lookup())
    impls = [d for d in model_tree().definitions if d.kind == "impl"]
    iterators = [d for d in impls if (header := lowering.header(d)).trait and header.trait[0] is trait]
    assert [d.symbol for d in iterators if "Item" not in d.items] == []
    iterating = {head(lowering.header(d).self_type) for d in iterators}
    named = re.compile(
        r"^(Into|R|)(Iter|IterMut|IntoIter|Drain|Keys|Values|Chunks|Split|Lines|Bytes|Chars)(Mut|N|Exact)?$"
    )
    lacking = [
        d.symbol
        for d in model_tree().definitions
        if d.kind == "struct" and named.match(d.name) and d not in iterating
    ]
    assert lacking == []


def test_every_double_ended_or_sized_iterator_is_an_iterator() -> None:
    lowering = Lowering(lookup())
    by_trait: dict[str, set[object]] = {}
    for definition in model_tree().definitions:
        if definition.kind == "impl" and (header := lowering.header(definition)).trait:
            assert isinstance(header.trait[0], Definition)
            by_trait.setdefault(header.trait[0].name, set()).add(head(header.self_type))
    for name in ("DoubleEndedIterator", "ExactSizeIterator", "FusedIterator"):
        assert by_trait[name] <= by_trait["Iterator"], name


@pytest.mark.parametrize("path", LANGUAGE.split())
def test_what_the_language_stands_on_is_there(path: str) -> None:
    assert isinstance(found(f"crate::{path}"), Definition)


@pytest.mark.parametrize("name", PRELUDE.split())
def test_a_name_of_the_prelude_resolves(name: str) -> None:
    target = found(f"crate::prelude::v1::{name}")
    assert isinstance(target, Definition)
    assert target.name == name


@pytest.mark.parametrize("name", ["Some", "None", "Ok", "Err"])
def test_the_prelude_has_the_variants_of_option_and_result(name: str) -> None:
    assert isinstance(found(f"crate::prelude::v1::{name}", VALUES), VariantOf)


@pytest.mark.parametrize("path", COMMON.split())
def test_a_common_path_leads_to_a_definition(path: str) -> None:
    assert isinstance(found(path), Definition)


def test_a_reexport_leads_to_the_name_people_write() -> None:
    map_type = found("std::collections::hash_map::HashMap")
    assert isinstance(map_type, Definition)
    assert map_type.symbol == "std::collections::HashMap"


def test_methods_of_primitives_are_named_alike() -> None:
    symbols = {d.symbol for d in model_tree().definitions if d.kind == "method"}
    assert {
        f"std::primitive::{name}" for name in ("u8::checked_add", "str::trim", "char::is_digit", "f64::abs")
    } <= symbols
