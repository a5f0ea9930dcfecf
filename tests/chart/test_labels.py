"""Labels neither overlap nor leave the frame, and stand with their own mark."""

from hypothesis import given
from hypothesis import strategies as st

from innohub.chart.labels import Box, Mark, place_labels

FRAME = Box(0.0, 0.0, 100.0, 80.0)
MARKS = st.lists(
    st.builds(Mark, st.floats(5, 95), st.floats(5, 75), st.floats(0.5, 4), st.floats(3, 25), st.just(3.0)),
    max_size=25,
)


@given(marks=MARKS)
def test_no_label_meets_another_or_a_mark_or_the_edge(marks):
    boxes = [box for box in place_labels(marks, FRAME) if box]
    for number, box in enumerate(boxes):
        assert box.within(FRAME)
        assert not any(box.meets(other) for other in boxes[number + 1 :])
        assert not any(box.meets(mark.box) for mark in marks)


def test_the_first_mark_keeps_its_label_where_room_is_short():
    first, second = Mark(8, 2, 1, 6, 3), Mark(10, 2, 1, 6, 3)
    frame = Box(0, 0, 15, 4)
    found = place_labels([first, second], frame)
    assert found[0] is not None
    assert found[1] is None


def test_a_label_close_to_its_mark_is_closer_to_no_other():
    crowd = [Mark(50, 40, 0.5, 8, 2.5), Mark(50, 42, 0.5, 8, 2.5), Mark(50, 44, 0.5, 8, 2.5)]
    for mark, box in zip(crowd, place_labels(crowd, FRAME, distances=(0.7,)), strict=True):
        assert box is None or all(mark.gap(box) <= other.gap(box) for other in crowd)


def test_taken_boxes_are_kept_free():
    mark = Mark(50, 40, 1, 10, 3)
    free = place_labels([mark], FRAME)[0]
    assert not place_labels([mark], FRAME, [free])[0].meets(free)
