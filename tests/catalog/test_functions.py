"""The declared functions, groups, scopes and positions."""

from innohub.catalog.functions import function_groups, functions, functions_source, scopes


def test_eight_functions_in_three_groups():
    found = functions()
    assert list(found) == [
        "talent", "information", "knowledge", "mode", "technology",
        "technology-diffusion", "product-diffusion", "service-diffusion",
    ]  # fmt: skip
    by_group = {name: [f.id for f in found.values() if f.group == name] for name in function_groups()}
    assert {name: len(ids) for name, ids in by_group.items()} == {"agglomerate": 2, "create": 3, "diffuse": 3}


def test_scopes_run_from_the_widest():
    assert [scope.name["zh"] for scope in scopes().values()] == ["国际", "亚太", "国家", "区域"]


def test_the_pairing_of_product_and_service_diffusion_is_marked_as_assumed():
    assumed = {name for name, function in functions().items() if function.position.assumed}
    assert assumed == {"product-diffusion", "service-diffusion"}
    assert functions()["talent"].position.name["zh"] == "国际创新人才集聚地"
    assert {f.position.scope for f in functions().values()} <= set(scopes())


def test_everything_has_both_names_and_a_source():
    named = [*functions().values(), *function_groups().values(), *scopes().values()]
    assert all(one.name["zh"] and one.name["en"] for one in named)
    assert all(f.position.name["zh"] and f.position.name["en"] for f in functions().values())
    assert "Guangzhou" in functions_source()
