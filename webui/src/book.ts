// Look-ups over the page's data.

import { openGrid, type PositionBook } from "./position_model";
import { openTables, type Tables } from "./tables";
import type { Cell, Indicator, Payload, Place, Source } from "./types";

export interface Book {
  data: Payload;
  places: Map<string, Place>;
  indicators: Map<string, Indicator>;
  sources: Map<string, Source>;
  position: PositionBook | null;
  tables: Tables;
  cell(place: string, indicator: string): Cell | undefined;
}

/** Make the look-ups over the data. */
export function openBook(data: Payload): Book {
  const cells = new Map(data.cells.map((cell) => [`${cell.place}/${cell.indicator}`, cell]));
  return {
    data,
    places: new Map(data.places.map((place) => [place.id, place])),
    indicators: new Map(data.indicators.map((indicator) => [indicator.id, indicator])),
    sources: new Map(data.sources.map((source) => [source.id, source])),
    position: data.position && openGrid(data.position),
    tables: openTables(data.ecosystem),
    cell: (place, indicator) => cells.get(`${place}/${indicator}`),
  };
}
