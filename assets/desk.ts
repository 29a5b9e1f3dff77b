/** The staff's pages: styles, partial pages by htmx, and every island. */
import "./styles/desk.scss";

import htmx from "htmx.org";

import { areaPicker } from "./islands/area-picker.ts";
import { batchBar } from "./islands/batch-bar.ts";
import { callForm, focusHere } from "./islands/call-form.ts";
import { chooseByNumber } from "./islands/choose-by-number.ts";
import { confirm } from "./islands/confirm.ts";
import { countyMap } from "./islands/county-map.ts";
import { draftKeeper } from "./islands/draft-keeper.ts";
import { mountIslands } from "./islands/island.ts";
import { photoInput } from "./islands/photo-input.ts";
import { sendPhotosInPlace } from "./islands/photo-sender.ts";
import { typeahead } from "./islands/typeahead.ts";

const islands = {
  "area-picker": areaPicker,
  "batch-bar": batchBar,
  "call-form": callForm,
  "choose-by-number": chooseByNumber,
  confirm,
  "county-map": countyMap,
  "draft-keeper": draftKeeper,
  "focus-here": focusHere,
  "photo-input": photoInput,
  typeahead,
};

// The content security policy allows neither eval nor inline styles; other hosts are none of our business.
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages with personal data are not kept in the browser's storage

mountIslands(islands);
htmx.onLoad((element) => mountIslands(islands, element as HTMLElement));
sendPhotosInPlace(() => {
  htmx.process(document.body);
  mountIslands(islands);
});
