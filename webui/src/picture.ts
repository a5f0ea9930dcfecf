// Pictures to take away: the ranking drawn on a canvas, other views as they stand; title above, legend and source below.

import { placeName, scoreText, tierName, type App } from "./app";
import { COLOURS, PATHS, rankRange, tierColour, tierWords } from "./marks";
import { scoreSpan } from "./ranking";

const FONT = '"Segoe UI", "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';
const SMALL = `11px ${FONT}`;
const BODY = `13px ${FONT}`;
const EDGE = 24;
const LINE = 26;
const HEAD = 62;
const FOOT_LINE = 16;

type Pen = CanvasRenderingContext2D;

function write(pen: Pen, text: string, x: number, y: number, font = BODY, colour = "#111", align: CanvasTextAlign = "left"): void {
  pen.font = font;
  pen.fillStyle = colour;
  pen.textAlign = align;
  pen.fillText(text, x, y);
}

function wrap(pen: Pen, text: string, font: string, most: number): string[] {
  pen.font = font;
  const lines = [""];
  for (const part of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    const last = lines.length - 1;
    if (lines[last] && pen.measureText(lines[last] + part).width > most) lines.push(part.trimStart());
    else lines[last] += part;
  }
  return lines;
}

function mark(pen: Pen, tier: number, firm: boolean, x: number, y: number): void {
  const shape = new Path2D(PATHS[Math.max(tier, 0) % PATHS.length]);
  pen.save();
  pen.translate(x, y);
  pen.scale(0.8, 0.8);
  pen.fillStyle = firm ? tierColour(tier) : "#fff";
  pen.strokeStyle = firm ? "#333" : tierColour(tier);
  pen.lineWidth = firm ? 0.7 : 2.2;
  pen.fill(shape);
  pen.stroke(shape);
  pen.restore();
}

/** A white sheet with title, legend and foot; the body is drawn between. */
function sheet(app: App, width: number, body: number, heading: string, foot: string[], draw: (pen: Pen) => void): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d")!;
  const lines = foot.flatMap((text) => wrap(pen, text, SMALL, width - 2 * EDGE));
  const titles = wrap(pen, app.words.of(app.book.data.study.title), `600 17px ${FONT}`, width - 2 * EDGE);
  const top = HEAD + 22 * (titles.length - 1);
  const height = top + body + 34 + FOOT_LINE * lines.length + 10;
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  pen.scale(2, 2);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  titles.forEach((text, k) => write(pen, text, EDGE, 28 + 22 * k, `600 17px ${FONT}`));
  write(pen, heading, EDGE, top - 14, `12px ${FONT}`, "#555");
  pen.save();
  pen.translate(0, top);
  draw(pen);
  pen.restore();
  legend(app, pen, top + body + 12);
  lines.forEach((text, k) => write(pen, text, EDGE, top + body + 46 + FOOT_LINE * k, SMALL, "#555"));
  return canvas;
}

function legend(app: App, pen: Pen, y: number): void {
  const tiers = app.model.tiered ? app.book.data.tiers : null;
  if (!tiers) return;
  let x = EDGE;
  const key = (tier: number, firm: boolean, text: string): void => {
    mark(pen, tier, firm, x, y);
    write(pen, text, x + 17, y + 11, SMALL);
    x += 17 + pen.measureText(text).width + 16;
  };
  tiers.names.forEach((_, k) => key(k, true, tierName(app, k)));
  key(1, false, app.words.say("tier.between_long", { firm: app.words.percent(tiers.firm) }));
}

/** The ranking with bars, intervals and tiers. */
export function rankingPicture(app: App, heading: string, foot: string[]): HTMLCanvasElement {
  const { words } = app;
  const [width, left, wide] = [970, 374, 270];
  const at = { score: left + wide + 60, range: left + wide + 110, tier: left + wide + 150 };
  return sheet(app, width, LINE * (app.now.rows.length + 1), heading, foot, (pen) => {
    const [least, most] = scoreSpan(app);
    const x = (value: number): number => left + (wide * (value - least)) / (most - least);
    const heads: [string, number, CanvasTextAlign][] = [
      [words.say("ranking.rank"), EDGE + 26, "right"], [words.say("ranking.place"), EDGE + 40, "left"], [words.say("ranking.bar"), left, "left"], [words.say("ranking.score"), at.score, "right"],
      [words.say("ranking.range", { level: words.percent(app.model.index.draws.level) }), at.range, "center"], [app.model.tiered ? words.say("ranking.tier") : "", at.tier, "left"],
    ];
    for (const [text, from, align] of heads) write(pen, text, from, 14, SMALL, "#555", align);
    app.now.rows.forEach((row, k) => {
      const y = LINE * (k + 1.5);
      const base = y + 4.5;
      write(pen, String(row.rank ?? "—"), EDGE + 26, base, BODY, "#111", "right");
      write(pen, placeName(app, row.place), EDGE + 40, base);
      pen.fillStyle = row.tier < 0 ? COLOURS[0]! : tierColour(row.tier);
      pen.globalAlpha = 0.5;
      pen.fillRect(x(Math.min(0, row.score ?? 0)), y - 7, Math.abs(x(row.score ?? 0) - x(0)), 14);
      pen.globalAlpha = 1;
      if (row.low !== null && Number.isFinite(row.low)) whisker(pen, x(row.low), x(row.high ?? row.low), y);
      write(pen, scoreText(app, row.score), at.score, base, BODY, "#111", "right");
      write(pen, rankRange(app, row), at.range, base, BODY, "#111", "center");
      if (!app.model.tiered) return;
      const share = row.shares.length ? ` ${words.chance(Math.max(...row.shares))}` : "";
      mark(pen, row.tier, row.firm, at.tier, y - 6.5);
      write(pen, `${tierWords(app, row)}${share}`, at.tier + 18, base);
    });
  });
}

function whisker(pen: Pen, from: number, to: number, y: number): void {
  pen.fillStyle = "#222";
  pen.fillRect(from, y - 0.75, Math.max(1, to - from), 1.5);
  for (const end of [from, to]) pen.fillRect(end - 0.75, y - 4, 1.5, 8);
}

/** A view as it stands, drawn at twice its size. */
export function viewPicture(app: App, view: HTMLCanvasElement, inset: number, heading: string, foot: string[]): HTMLCanvasElement {
  const [width, height] = [view.width / 2, view.height / 2];
  return sheet(app, width + 2 * inset, height, heading, foot, (pen) => pen.drawImage(view, inset, 0, width, height));
}
