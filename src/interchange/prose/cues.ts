/** The words by which an English sentence shows what it asserts: a cause, a comparison, history, a prediction, advice, a motive, a move. */

import type { ClaimKind } from "#model/model.ts";

/** One pattern of words; `isStrong` where it decides against weaker signs of another kind. */
interface Cue {
  readonly kind: ClaimKind;
  readonly isStrong: boolean;
  readonly pattern: RegExp;
}

const strong = (kind: ClaimKind, ...patterns: readonly string[]): Cue => cue(kind, true, patterns);
const weak = (kind: ClaimKind, ...patterns: readonly string[]): Cue => cue(kind, false, patterns);

function cue(kind: ClaimKind, isStrong: boolean, patterns: readonly string[]): Cue {
  return { kind, isStrong, pattern: new RegExp(String.raw`(?<![\p{L}-])(?:${patterns.join("|")})(?![\p{L}-])`, "iu") };
}

/** A figure, in digits or in words. */
const figure = String.raw`(?:about |some |nearly |only |at (?:most|least) )?(?:[£$€]?\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|twice)(?!\p{L}))`;

/** In order of preference among signs that are equally strong. */
export const cues: readonly Cue[] = [
  strong(
    "motive",
    String.raw`(?:real|true|core|main|hidden) (?:fears?|aims?|reasons?|motives?|goals?|purposes?|objectives?)`,
    String.raw`(?:his|her|its|their) (?:\p{L}+ )?(?:fears?|aims?|motives?|ambitions?|greed)`,
    String.raw`(?:is|are|was|were) (?:not )?(?:afraid|bent on|determined to|intent on|eager to|motivated by|driven by (?:fear|greed|a desire))`,
    String.raw`(?:does|do|did|nor does|nor do)(?: not)? (?:\p{L}+ )?(?:fear|want to|seek to|aim to|intend to)`,
    String.raw`(?:fears|wants to|seeks to|aims (?:to|at)|intends to|craves|hopes to|is out to|are out to)`,
    String.raw`in truth|the truth is that|(?:really|only|just) wants?|wants? (?:a|an|the|its|their|\p{L}+ to)|says? that (?:it|he|she|they) (?:needs?|wants?|fears?)`,
    String.raw`out of (?:fear|greed|spite|ambition|pride|self-interest)`,
  ),
  strong(
    "prescription",
    String.raw`(?<!(?:why|how|whether|what|when|where|if) )(?:we|they|it|he|she|you|government|congress|parliament|\p{Lu}\p{L}+) (?:should|ought to|must)(?! (?:have|be (?:obvious|clear|plain|evident|true)|depend))|(?:we|they|you|government|congress|parliament) (?:needs? to|ha(?:s|ve) to)(?! (?:have|be (?:obvious|clear|plain|evident|true)|depend))`,
    String.raw`(?:should|ought)(?: not|,? then,?| \p{L}+ly)? (?:to )?(?:be|adopt|do|use|make|take|give|stop|keep|raise|cut|end|act|pay)`,
    String.raw`must (?:at once |now |also |always |especially |not |never |\p{L}+ly )?(?:be (?:provided|given|made|done|stopped|ended|changed|revised|removed|met|kept|paid)|act|return|stop|choose|beware|remember|guard|learn|begin|keep|pay|give|take)`,
    String.raw`need not|will not do to|cannot afford to|had better|let us(?! suppose)|beware of`,
    String.raw`ought (?:not )?to be|should (?:only |generally |therefore |not |never |also |at once )*be (?:\p{L}+ed|done|made|given|kept|left|paid|met|put)`,
    String.raw`(?:the |our )?(?:immediate |first |urgent )?need (?:\p{L}+ ){0,3}is`,
    String.raw`it is (?:essential|vital|imperative|necessary|urgent|time|high time|better|best|wise)(?: for \p{L}+)? (?:to|that)`,
    String.raw`(?:true|right|best|only|wise|sensible|proper) (?:policy|course|answer|response|way forward|remedy)`,
    String.raw`(?:two|three) (?:\p{L}+ )?(?:choices|options)|a choice between`,
    String.raw`(?:i|we) (?:recommend|urge|propose|call for)|calls? for (?:a|an|more|new)`,
  ),
  strong(
    "move",
    String.raw`(?:has|have|had) (?:\p{L}+ )?(?:announced|demanded|signal(?:l)?ed|issued|agreed|offered|proposed|promised|threatened|refused|pledged|signed|withdrawn|ordered|rejected|launched|imposed|declared)`,
    String.raw`will (?:discuss|meet|negotiate|consult)|(?:is|are) committed to|raised the stakes|by (?:issuing|amassing|announcing)|we (?:have not interfered|express our)`,
    String.raw`(?:announced|demanded|pledged|launched|imposed|declared|signed) (?:that|its|their|our|a|an|the|war)`,
  ),
  strong(
    "causal",
    String.raw`because(?: of)?|due to|owing to|thanks to|on account of|in consequence of|as a result|as a consequence|that is why|which is why`,
    String.raw`(?:cause|causes|caused|causing)|(?:lead|leads|leading|led) (?:\p{L}+ ){0,2}to|(?:result|results|resulted|resulting) (?:in|from)|results? of`,
    String.raw`(?:bring|brings|brought|bringing) about|gives? rise to|gave rise to|source of|root of|proceeds? from|stems? from|derived? (?:\p{L}+ )?from|grow(?:s|ing)? out of|owes? (?:\p{L}+ ){0,2}to|based on|rests? on|(?:depends?|hinges?|turns) (?:up)?on`,
    String.raw`(?:provoke|trigger|encourag|embolden|undermin|strengthen|weaken|accelerat|precipitat|propel|spur|foster|stimulat|multipl|deter|fuel|cripp|crowd(?:s|ed|ing)? out|erod|worsen|aggravat|discourag)(?:e|es|ed|ing|s|y|ies|l|les|led|ling)?`,
    String.raw`(?:prevent|reduce|raise|lower|increase|improve|cut|boost|curb|slow|speed up|drive up|push up|drive|expose|enable|render|augment|add)(?:s|d)? (?:the|its|their|our|his|most|much|many|some|it|them|up|down|costs?|prices?|wages?|demand|to)`,
    String.raw`(?:make|makes|made|making) (?:it |\p{L}+ ){0,3}(?:more|less|as|im?possible|harder|easier|likely|cheaper|dearer|safer|riskier)`,
    String.raw`(?:push|drive|force|pull)(?:s|es|ed|ing)? (?:\p{L}+ ){1,4}(?:to|toward|towards|into|out)`,
    String.raw`thus \p{L}+ing|thereby|so that|without endangering|by this|by (?:enlarging|raising|cutting|reducing|increasing|removing|making)|(?:had|have|has) (?:the|a|an) (?:\p{L}+ )?effect|(?:\p{L}+ )?effect (?:of|on)|removal of its cause`,
    String.raw`as long as|unless|only if|if [^,]{3,80},? (?:then )?(?:\p{L}+ ){0,6}(?:will|would)|the answer is|contributes? to|contributed to|cannot be bought`,
    String.raw`the more [^.]*the (?:more|less)|invites?|feeds? (?:on|the)|may not be sustainable|(?:keep|keeps|kept|keeping) (?:\p{L}+ ){1,3}(?:off|out|away|from|at|down|up|apart)`,
    String.raw`(?:saves?|costs?(?! ${figure})|hurts?|helps?|harms?|attracts?|kills?|pays? for|lets?) (?!us\b)\p{L}+|means? (?:that|more|less|fewer|higher|lower|an?|the)|(?:,|;|and) so (?!that|as|far|on)\p{L}+`,
  ),
  strong(
    "prediction",
    String.raw`(?:going|bound|likely|unlikely|set|expected|certain|sure|doomed|about) to|sooner or later|in the (?:near |coming )?(?:future|years|months|weeks)|by (?:the end of )?(?:the (?:year|decade)|20[2-9]\d)`,
    String.raw`(?:can|could|will|would|shall) never|no assurance that|it is (?:not |un)?(?:probable|likely|impossible)(?: that)?|cannot expect|(?:can|could) expect|presag(?:es|ing)|awaits?|inevitabl[ey]|would be the casualty|(?:face|faces|facing|runs?) the (?:danger|risk)`,
  ),
  strong(
    "historical",
    String.raw`in (?:1[0-9]|20[01])\d\d|(?:since|from|until|before|after|by|during|prior to) (?:the (?:year )?)?(?:1[0-9]|20[01])\d\d|(?:1[0-9]|20[01])\d0s`,
    String.raw`history (?:shows|teaches|suggests|furnishes|of)|in (?:our|its|their) history|at no (?:previous )?time|never (?:before|taken|been)|in no case|invariably|in the past|(?:years|decades|centuries|months) ago|last (?:century|time|decade|year)(?![’'])|(?:the )?lessons? of|heretofore|hitherto|historic truth|at the first epoch|by the last census|since then`,
    String.raw`during (?:the|a|sixteen|\p{L}+) (?:\p{L}+ ){0,3}(?:war|century|years|months|crisis|depression)|following the \p{Lu}\p{L}+ (?:War|Revolution|Crisis)|collapsed|disintegrated|(?:rose|fell|grew|shrank|doubled|halved|dropped|climbed|soared|declined|improved|worsened) (?:by|to|from|within|in|after|when|again)|(?:world|civil|cold) war`,
  ),
  strong(
    "premise",
    String.raw`(?:more|less|fewer|greater|larger|higher|lower|better|worse|stronger|weaker|safer|cheaper|richer|poorer|smaller|bigger|faster|slower) (?:\p{L}+ ){0,4}than|less unjust than`,
    String.raw`as (?:much|many|seriously|great|large|high|low|strong|weak|likely|good|bad) (?:\p{L}+ ){0,4}as|exceeds?|compared (?:with|to)|in contrast (?:with|to)|whereas|different from|no (?:substantial )?difference|twice (?:as|the)|half (?:as|the)|nothing so|(?:conspicuously|essentially|very|quite) different|resemblance to|if we (?:compare|look to)`,
  ),
  weak(
    "prediction",
    String.raw`(?<!(?:public|popular|free|good|ill|political|national|own|of) )(?:will|shall|won[’']t|would)(?! (?:not )?have been)(?! to)`,
    String.raw`may (?:not |yet |soon |well )*(?:be|become|lead|come|fall|rise|lose|win|find|reasonably|unreasonably)`,
  ),
  weak(
    "prescription",
    String.raw`(?<!(?:why|how|whether|what|when|where|if) \p{L}+ )should|ought|must(?! (?:have|be (?:obvious|clear|plain|evident|true)|depend|of course|and will|necessarily))|can be made public`,
  ),
  weak("historical", String.raw`was|were|had|did|(?:has|have) (?:\p{L}+ )?(?:been|\p{L}+ed|grown|become|shown)`),
  weak(
    "premise",
    String.raw`(?:is|are|remains?|becomes?|stays?) (?:\p{L}+ )?(?:richer|poorer|better|worse|stronger|weaker|fairer|safer|cheaper|dearer|higher|lower|scarcer|older|younger)|(?:most|few|many|half|a quarter|a third|two thirds|nine in ten|\d+ (?:%|per ?cent|percent)) of`,
    String.raw`(?:costs?|earns?|takes?|employs?|holds?|owns?|owes?|pays?|sells?|buys?|brings? in|has|have|is|are|lasts?) ${figure}|(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of) (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|twenty|a hundred|\d+)`,
  ),
  weak(
    "historical",
    String.raw`seldom|rarely|usually|always|every time|whenever|again and again|(?:once|twice|three times) in`,
  ),
  weak(
    "causal",
    String.raw`(?:stops|ends|binds?|blocks?|brings|creates?|destroys?|makes|keeps?|solves?|loses?|breaks|builds|forces|rewards?|punish(?:es)?|threatens?|divides?|unites?|costs|feeds|starves?|protects?|drains?|shifts|spreads?)`,
  ),
  weak("causal", String.raw`therefore|hence|consequently|thus|accordingly|so as to|in order to`),
  weak(
    "historical",
    String.raw`(?:\p{Ll}{2,}ed|bought|sold|sent|built|took|gave|made|broke|paid|lost|won) (?:the|an?|its|their|his|her|our|it|them|up|down|out|into)`,
  ),
  // A plain statement of how things are or go: a verb of the present with what it governs, or denied.
  weak(
    "causal",
    String.raw`(?:do|does)(?:n[’']t| not) (?:\p{L}+ly )?(?!want|seek|aim|fear|know|say|think|believe)\p{Ll}{3,}`,
  ),
  weak(
    "motive",
    String.raw`(?:is|are|was|were) (?:only |really |merely )?(?:meant|intended|designed|supposed) (?:only |merely )?to`,
  ),
  weak(
    "causal",
    String.raw`(?<!(?:the|a|an|of|in|to|these|those|many|most|some|our|their|its) )(?!(?:this|his|its|as|is|was|has|does|us|yes|thus|perhaps|always|besides|towards|says|thinks|knows|believes|whereas|unless|across|less|sometimes|afterwards|regards)(?!\p{L}))\p{Ll}{2,}(?!s)\p{L}s (?:the|an?|its|their|his|her|our|no|any|more|less|fewer|most|little|them|it)`,
  ),
];

const holds = String.raw`(?:will |would |may |also |still |now |then |often |have |do |who )*(?:say|said|argue|argued|answer|answered|claim|claimed|object|objected|reply|replied|warn|warned|fear|feared|insist|insisted|maintain|contend|complain|protest|point out|believe|hold)`;

/** Who is reported because they see it otherwise, with what follows their name; or what is reported of nobody named. */
export const otherVoices = new RegExp(
  String.raw`(?<![\p{L}-])(?:((?:the |our |its |their |his |her )?(?:critics|opponents|sceptics|skeptics|detractors|hawks|doves|alarmists|optimists|pessimists|doubters|objectors|adversaries|enemies|cynics|opposition|defenders|supporters|advocates|champions|apologists)(?: of (?:\p{L}+ ){0,4}?\p{L}+)?|the other side|some|others|many|those who (?:\p{L}+ ){1,6}?\p{L}+) ${holds}|(?:some|many|others|those) who ${holds}|it (?:is|may be|will be|has been|is often|is sometimes) (?:said|argued|objected|claimed|alleged|contended) that)(?![\p{L}-])`,
  "iu",
);

/** Words by which a writer stops short of saying so. */
export const hedges =
  /(?<![\p{L}-])(?:may|might|could|perhaps|possibly|probably|likely|it seems?|seems? to|appears? to|suggests?|arguably|presumably|in part|tends? to|often|sometimes|can)(?![\p{L}-])/iu;

/** A motive that is denied rather than said. */
export const negations =
  /(?<![\p{L}-])(?:not|nor|never|no|neither|contrary to|denies|deny)(?![\p{L}-])|n[’']t(?!\p{L})/iu;

/** Words that English sentences can hardly do without. */
export const englishWords =
  /(?<![\p{L}-])(?:the|of|and|to|in|is|are|was|were|that|it|for|on|with|as|by|not|be|has|have|this|will|a|an|or|from|at|but|we|they|he|she|you|i)(?![\p{L}-])/giu;
