"""Find circles in "lies inside" and "is a child of"."""

from collections.abc import Mapping, Sequence


def find_cycles(above: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return circles, one a group of things that reach themselves, each beginning with its first member.

    >>> find_cycles({"a": ["b"], "b": ["a"], "c": ["a"]})
    [['a', 'b']]
    """
    done: set[str] = set()
    cycles: list[list[str]] = []
    for start in above:
        path: list[str] = []
        stack = [(start, iter(above.get(start, ())))] if start not in done else []
        on_path: set[str] = set()
        if stack:
            path.append(start)
            on_path.add(start)
        while stack:
            node, following = stack[-1]
            step = next((other for other in following if other not in done), None)
            if step is None:
                stack.pop()
                path.pop()
                on_path.discard(node)
                done.add(node)
            elif step in on_path:
                cycles.append(path[path.index(step) :])
            else:
                stack.append((step, iter(above.get(step, ()))))
                path.append(step)
                on_path.add(step)
    return cycles
