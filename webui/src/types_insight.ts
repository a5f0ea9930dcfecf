// The tables beside grid and standing, as src/innohub/web/schema_insight.py declares them.

import type { Text } from "./types";
import type {
  Beside, CheckCount, Checked, Containing, Exceeding, LocalTest, LocalType, Niche, Rollup, Similar, SimilarPart, Untagged,
} from "./types_frames";
import type {
  Arrow, Balance, CaseFigure, CentrePath, CentreRole, HubLimit, HubLoop, HubPlace, HubTie, Laboratory, LaboratoryKind, ModeShare, ModelFit, ModelShare, ModelSlot,
} from "./types_models";

export interface Insights {
  checklists: Checked[]; checklist_counts: CheckCount[]; similar: Similar[]; similar_parts: SimilarPart[];
  comparison: Beside[]; rollups: Rollup[]; rollup_untagged: Untagged[]; containment: Exceeding[];
  containment_shares: Containing[]; special_functions: Niche[]; local_types: LocalType[]; local_tests: LocalTest[];
  model_mix: ModelShare[]; model_fit: ModelFit[]; model_slots: ModelSlot[]; modes: ModeShare[]; cases: CaseFigure[];
  hub_position: HubPlace[]; hub_limits: HubLimit[]; hub_ties: HubTie[]; laboratories: Laboratory[]; laboratory_kinds: LaboratoryKind[];
  centre_path: CentrePath[]; centre_roles: CentreRole[]; triangle: Arrow[]; triangle_loop: HubLoop[];
  balance: Balance[];
}

export interface Borrow {
  model: string; slot: string; text: Text;
}

export interface Catalogue {
  names: Record<string, Record<string, Text>>; borrow: Borrow[];
}
