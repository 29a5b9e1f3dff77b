/** The public's pages: styles, and the islands of the complaint form. */
import "./styles/portal.scss";

import { areaPicker } from "./islands/area-picker.ts";
import { categorySuggest } from "./islands/category-suggest.ts";
import { confirm } from "./islands/confirm.ts";
import { draftKeeper } from "./islands/draft-keeper.ts";
import { mountIslands } from "./islands/island.ts";
import { photoInput } from "./islands/photo-input.ts";
import { sendPhotosInPlace } from "./islands/photo-sender.ts";
import { typeahead } from "./islands/typeahead.ts";

const islands = {
  "area-picker": areaPicker,
  "category-suggest": categorySuggest,
  confirm,
  "draft-keeper": draftKeeper,
  "photo-input": photoInput,
  typeahead,
};

mountIslands(islands);
sendPhotosInPlace(() => mountIslands(islands));
