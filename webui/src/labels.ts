// Place labels beside their points so that none overlaps another label or a point; the last in order are dropped.

export interface Mark {
  key: string;
  x: number;
  y: number;
  radius: number;
  text: string;
}

export interface Label {
  key: string;
  x: number;
  y: number; // middle of the line
  align: "left" | "right" | "center";
  text: string;
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const GAP = 3;
const SIDES: [number, number][] = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];

const clash = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function boxOf(mark: Mark, [dx, dy]: [number, number], width: number, line: number): Box {
  const away = dx && dy ? mark.radius * 0.75 : mark.radius + GAP;
  const x = mark.x + dx * away;
  const y = mark.y + dy * (away + line / 2);
  const left = dx > 0 ? x : dx < 0 ? x - width : x - width / 2;
  return { left, right: left + width, top: y - line / 2, bottom: y + line / 2 };
}

/** Choose a free side for every mark in order; a mark without a free side stays without a label. */
export function placeLabels(
  marks: Mark[], measure: (text: string) => number, line: number, width: number, height: number, reserved: Box[] = [],
): Label[] {
  const taken: Box[] = marks.map((m) => ({
    left: m.x - m.radius, right: m.x + m.radius, top: m.y - m.radius, bottom: m.y + m.radius,
  }));
  taken.push(...reserved);
  const own = marks.length;
  const labels: Label[] = [];
  marks.forEach((mark, k) => {
    const wide = measure(mark.text);
    for (const side of SIDES) {
      const box = boxOf(mark, side, wide, line);
      const inside = box.left >= 2 && box.right <= width - 2 && box.top >= 2 && box.bottom <= height - 2;
      if (!inside || taken.some((other, at) => (at >= own || at !== k) && clash(box, other))) continue;
      taken.push(box);
      const align = side[0] > 0 ? "left" : side[0] < 0 ? "right" : "center";
      const x = align === "left" ? box.left : align === "right" ? box.right : (box.left + box.right) / 2;
      labels.push({ key: mark.key, x, y: (box.top + box.bottom) / 2, align, text: mark.text });
      return;
    }
  });
  return labels;
}
