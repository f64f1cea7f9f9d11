"""R1, R3: crates and targets: workspaces, path and renamed dependencies, editions, `extern crate`.

Acceptance case 5 and the contract's `crate`, `target`.
"""

from __future__ import annotations

import pytest

from support.rust import calls, graph_of

LIBRARY = """
    //- /Cargo.toml
    [package]
    name = "my-lib"
    edition = "2021"
    //- /src/lib.rs
    pub mod api { pub fn serve() { crate::helper() } }
    fn helper() {}
    pub struct Server;
    impl Server { pub fn new() -> Self { Server } pub fn run(&self) {} }
"""


def test_without_a_manifest_the_crate_is_called_crate() -> None:
    graph = graph_of("""
        //- /src/lib.rs
        pub fn shared() {}
        //- /src/main.rs
        fn main() { helper() }
        fn helper() {}
    """)
    assert graph.symbols("crate") == ["crate", "crate"]
    assert {(n.target, n.file) for n in graph.all("crate")} == {("lib", "src/lib.rs"), ("bin", "src/main.rs")}
    assert graph.calls() == ["crate::main -> crate::helper"]


def test_one_loose_file_is_a_crate() -> None:
    graph = graph_of("""
        //- /demo.rs
        fn a() { b() }
        fn b() {}
    """)
    assert graph.calls() == ["crate::a -> crate::b"]
    assert graph.node("crate").file == "demo.rs"


def test_the_packages_name_has_underscores() -> None:
    graph = graph_of(LIBRARY)
    assert graph.calls() == ["my_lib::api::serve -> my_lib::helper"]
    assert {graph.node(s).crate for s in graph.symbols()} == {"my_lib"}


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("src/main.rs", "bin"),
        ("src/bin/tool.rs", "bin"),
        ("src/bin/tool/main.rs", "bin"),
        ("tests/it.rs", "test"),
        ("benches/b.rs", "bench"),
        ("examples/e.rs", "example"),
        ("examples/e/main.rs", "example"),
    ],
)
def test_every_other_target_uses_the_library_by_its_name(path: str, target: str) -> None:
    graph = graph_of(
        LIBRARY
        + f"""
    //- /{path}
    use my_lib::Server;
    fn main() {{ my_lib::api::serve(); Server::new().run() }}
    """
    )
    assert graph.calls(of="my_lib::main") == [
        "my_lib::main -> my_lib::Server::new",
        "my_lib::main -> my_lib::Server::run [inferred]",
        "my_lib::main -> my_lib::api::serve",
    ]
    node = graph.node("my_lib::main")
    assert (node.target, node.test) == (target, target in ("test", "bench"))


def test_a_bin_with_modules_of_its_own() -> None:
    assert calls("""
        //- /Cargo.toml
        [package]
        name = "tool"
        //- /src/main.rs
        mod cli;
        fn main() { cli::run() }
        //- /src/cli.rs
        pub fn run() { crate::main() }
    """) == ["tool::cli::run -> tool::main", "tool::main -> tool::cli::run"]


def test_a_file_that_two_targets_include_has_nodes_in_each() -> None:
    graph = graph_of("""
        //- /Cargo.toml
        [package]
        name = "two"
        //- /src/lib.rs
        mod shared;
        pub fn lib() { shared::f() }
        //- /src/main.rs
        mod shared;
        fn main() { shared::f() }
        //- /src/shared.rs
        pub fn f() { g() }
        fn g() {}
    """)
    lib, bin_ = sorted(graph.all("two::shared::f"), key=lambda n: n.target or "", reverse=True)
    assert (lib.target, bin_.target) == ("lib", "bin")
    by_id = {n.id: n.target for n in graph.nodes.values()}
    ends = {(by_id[source], by_id[e.to]) for source, edges in graph._edges.items() for e in edges}
    assert ends == {("lib", "lib"), ("bin", "bin")}


WORKSPACE = """
    //- /Cargo.toml
    [workspace]
    members = ["core", "app"]
    //- /core/Cargo.toml
    [package]
    name = "my-core"
    edition = "2021"
    //- /core/src/lib.rs
    pub struct Engine;
    impl Engine { pub fn start(&self) {} }
    pub trait Plugin { fn load(&self); }
    pub fn boot() {}
    #[macro_export]
    macro_rules! engine { () => { 1 } }
"""


def test_crates_of_a_workspace_use_each_other() -> None:
    graph = graph_of(
        WORKSPACE
        + """
    //- /app/Cargo.toml
    [package]
    name = "app"
    edition = "2021"
    [dependencies]
    my-core = { path = "../core" }
    //- /app/src/main.rs
    use my_core::{Engine, Plugin};
    struct P;
    impl Plugin for P { fn load(&self) { my_core::boot() } }
    fn main() { Engine.start(); P.load(); my_core::engine!(); }
    """
    )
    assert graph.edges("calls", "implements", "overrides") == [
        "app::<P as Plugin>::load calls my_core::boot",
        "app::<P as Plugin>::load overrides my_core::Plugin::load",
        "app::P implements my_core::Plugin",
        "app::main calls app::<P as Plugin>::load [inferred]",
        "app::main calls my_core::Engine::start [inferred]",
    ]
    assert "app::main uses my_core::engine [body]" in graph.edges("uses")


def test_a_renamed_dependency_is_named_as_the_manifest_says() -> None:
    assert calls(
        WORKSPACE
        + """
    //- /app/Cargo.toml
    [package]
    name = "app"
    edition = "2021"
    [dependencies]
    kernel = { path = "../core", package = "my-core" }
    //- /app/src/lib.rs
    fn f() { kernel::boot() }
    """
    ) == ["app::f -> my_core::boot"]


def test_a_dependency_that_no_source_is_here_for_is_an_external() -> None:
    graph = graph_of("""
        //- /Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        [dependencies]
        json = { package = "serde_json", version = "1" }
        //- /src/lib.rs
        fn f() { json::to_string(); }
    """)
    assert graph.calls(externals=True) == ["app::f -> serde_json::to_string [external]"]


def test_a_module_named_like_a_crate_stands_before_it() -> None:
    assert calls("""
        mod http { pub fn get() {} }
        fn f() { http::get(); }
        mod inner { fn g() { ::http::get(); } }
    """) == ["crate::f -> crate::http::get"]


EDITION_2015 = """
    //- /Cargo.toml
    [package]
    name = "old"
"""


def test_paths_of_a_use_in_edition_2015_begin_at_the_root() -> None:
    assert calls(
        EDITION_2015
        + """
    //- /src/lib.rs
    pub mod a { pub fn x() {} }
    mod b { use a::x; fn f() { x(); ::a::x(); } mod a { pub fn x() {} } fn g() { a::x() } }
    """
    ) == [
        "old::b::f -> old::a::x",
        "old::b::g -> old::b::a::x",
    ]


def test_extern_crate_brings_a_crate_under_its_name_or_another() -> None:
    graph = graph_of(
        EDITION_2015
        + """
    [dependencies]
    log = "0.4"
    //- /src/lib.rs
    extern crate log;
    extern crate core as c;
    mod m { use log::info; fn f() { ::log::logger(); info(); } }
    """
    )
    assert graph.calls(externals=True) == [
        "old::m::f -> log::info [external]",
        "old::m::f -> log::logger [external]",
    ]


def test_targets_that_the_manifest_places_elsewhere() -> None:
    graph = graph_of("""
        //- /Cargo.toml
        [package]
        name = "odd"
        edition = "2021"
        [lib]
        name = "renamed"
        path = "code/root.rs"
        [[bin]]
        name = "tool"
        path = "code/tool.rs"
        //- /code/root.rs
        pub fn shared() {}
        //- /code/tool.rs
        fn main() { renamed::shared() }
    """)
    assert graph.calls() == ["odd::main -> odd::shared"]
    assert graph.node("odd::main").target == "bin"


def test_a_dependents_code_names_a_library_by_the_librarys_own_name() -> None:
    assert calls("""
        //- /odd/Cargo.toml
        [package]
        name = "odd"
        [lib]
        name = "renamed"
        //- /odd/src/lib.rs
        pub fn shared() {}
        //- /app/Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        [dependencies]
        odd = { path = "../odd" }
        //- /app/src/lib.rs
        fn f() { renamed::shared() }
    """) == ["app::f -> odd::shared"]


def test_a_build_script_is_a_target_of_its_own() -> None:
    graph = graph_of(
        LIBRARY
        + """
    //- /build.rs
    fn main() { emit() }
    fn emit() {}
    """
    )
    assert "my_lib::main -> my_lib::emit" in graph.calls()
    assert graph.node("my_lib::emit").target == "build"
