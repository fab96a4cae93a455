/** The runs worker for a case without a beta or a gamma distribution: the build leaves their inverses out (see vite.config.ts). */

import "./runs.ts";
