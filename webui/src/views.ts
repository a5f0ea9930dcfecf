// Which panel a view is drawn by.

import type { App } from "./app";
import { drawAlike } from "./alike";
import { drawBadges } from "./badges";
import { drawBinds } from "./binds";
import { drawChange } from "./change";
import { drawChoices } from "./choices";
import { drawClaims } from "./claims";
import { drawCompare } from "./compare";
import { drawDynamics } from "./dynamics";
import { drawEcosystem } from "./ecosystem";
import { drawEfficiency } from "./efficiency";
import { drawFlows } from "./flows";
import type { MapPanel } from "./map";
import { mapPanel } from "./map_panel";
import { drawMethod } from "./method";
import { drawModels } from "./models";
import { drawPosition } from "./position";
import { drawProfile } from "./profile";
import { drawRegisters } from "./registers";
import { drawRivals } from "./rivals";
import { drawRobustness } from "./robustness";
import { drawRoles } from "./roles";
import { drawSheet } from "./sheet";

/** Draw the view in hand. */
export function drawView(app: App, map: MapPanel, copy: (text: string) => void): HTMLElement {
  switch (app.state.view) {
    case "profile": return drawProfile(app, true);
    case "compare": return drawCompare(app);
    case "table": return drawSheet(app);
    case "robustness": return drawRobustness(app);
    case "change": return drawChange(app);
    case "efficiency": return drawEfficiency(app);
    case "choices": return drawChoices(app);
    case "position": return drawPosition(app);
    case "rivals": return drawRivals(app);
    case "standing": return drawBadges(app);
    case "claims": return drawClaims(app);
    case "alike": return drawAlike(app);
    case "models": return drawModels(app);
    case "dynamics": return drawDynamics(app);
    case "roles": return drawRoles(app);
    case "ecosystem": return drawEcosystem(app);
    case "binds": return drawBinds(app);
    case "flows": return drawFlows(app);
    case "registers": return drawRegisters(app);
    case "method": return drawMethod(app, copy);
    default: return mapPanel(app, map);
  }
}
