// longer than other files because it is one table, a name group a line

/**
 * Short and pet forms beside their full forms, one group a line, folded as `fold` does it. A name may stand in
 * several groups ("chris"); two names of different groups are never joined through a third. Collected by hand from
 * everyday use in English, German, French, Spanish, Italian, Dutch, Polish, Russian and Scandinavian.
 */
const groups = `
abigail abby abbie gail
abraham abe bram
adam ad
adelaide addie heidi
agnes aggie
alan al allan allen
albert al bert bertie albrecht
alejandro alex ale jandro
alessandro alex sandro ale
alexander alex al sandy sander sascha sasha xander lex alec alek
alexandra alex sandra sandy sasha sascha lexi alexa
alfred al alf alfie fred freddie
alice ali allie
alicia ali lisha
amanda mandy manda
amelia amy millie mia
andreas andi andy anders
andrew andy drew andre
angela angie angel
ann anne anna annie nan nancy
anthony tony ant anton antonio
antonio toni tony nino
arthur art artie
augustus gus august
barbara barb babs barbie babsi
bartholomew bart barney
beatrice bea trixie bee
benedict ben benny bene
benjamin ben benny benji benno
bernard bernie barney bernd bernhard
bernhard bernd bernie
bradley brad
brian bryan
calvin cal
cameron cam
carl karl charles
carolyn caroline carol carrie lyn
catherine katherine kathryn kathleen catharine cathy kathy kate katie kat kitty katja katharina cath
charles charlie chuck chas chaz karl carl
charlotte lotte lottie charlie
christian chris christoph
christine christina chris chrissy tina christa kirsten
christopher chris kit topher kristopher
claudia claudi
clifford cliff
clinton clint
constance connie
cornelius neil corey kees
curtis curt kurt
cynthia cindy
daniel dan danny dani
daniela dani daniella
david dave davy davey
deborah deb debbie debra
denise den
dennis denny den
dmitri dmitry dima mitya
dolores lola
dominic dom nick dominik domenico
donald don donnie
dorothy dot dottie dory dorothea thea
douglas doug
edmund ed eddie ned
eduard edi ed
edward ed eddie ted teddy ned eduardo
edwin ed eddie
eleanor ellie nell nora elena
elizabeth elisabeth liz lizzie beth betty bess eliza lisa libby lisbeth elsa elise else betsy lilibet sissi
emily em emmy millie
emma em emmy
erik eric
ernest ernie ernst
eugene gene
evelyn eve evie
ewa eva
felicity flick fliss
ferdinand ferdi nando
florence flo florrie
frances fran fanny frankie francesca
francis frank fran frankie francesco francois
francisco paco pancho fran curro
frank franz franky
frederick fred freddie freddy fritz rick frederic frederik friedrich
gabriel gabe gab
gabriele gabi gabriella gaby
geoffrey geoff jeff jeffrey
george georg jorge georgie jiri
gerald gerry jerry
gerard gerry gerd gerhard
gerhard gerd
gertrude trudy gertie gert
giovanni gianni vanni
giuseppe beppe pino peppe
gregory greg gregor
guadalupe lupe
guillaume will gui
gustav gus
hans johannes johann
harold harry hal
harriet hattie harry
helen helena nell ellen lena
hendrik henk rik
henry harry hank hal heinrich heinz henri
herbert herb bert herbie
howard howie
hubert hugh bert
ignacio nacho
ignatius iggy
irene rena
isaac ike zac
isabel isabella isabelle bella izzy belle
jacob jake jakob jaap
jacqueline jackie jacqui
james jim jimmy jamie jem jimmie
jan john johannes
janet jan
janice jan
jason jay jase
jean john
jennifer jen jenny jenn
jeremy jerry jez
jerome jerry
jessica jess jessie
jesus chuy chucho
joachim jochen achim jo
joan jo joanie
joanna jo joanne hanna
john jack johnny jon johnnie
jonathan jon jonny nathan johnathan
jordan jordi
jose pepe chepe
josef sepp jupp
joseph joe joey jo josef
josephine jo josie fina
joshua josh
juan juanito
judith judy jude
julia julie jules
julian jules
juliana julie
karl carl
karen kari
katarzyna kasia
kenneth ken kenny
kevin kev
kimberly kim
klaus nikolaus claus
konrad kurt conny
kristin kris kristen
lambert bert lamm
laura laurie lori
laurence lawrence larry laurie lars lorenz
leo leon leonard
leonard leo len lenny leon leonhard
leslie les
lewis louis lew lou
lillian lil lilly lily
louis lou louie luis ludwig
louise lou luisa
lucas luke lukas luc
ludwig lutz
lucy lucia lucie
lydia lyd
madeleine maddie maddy lena
magdalena lena magda leni
malcolm mal
manfred manni fred
manuel manny manolo
marcus mark marc markus
margaret maggie meg peggy marge margie greta rita madge marguerite daisy margo gretchen
margarete grete gretel
maria marie mary mia mitzi
marianne mary anne
martha marty mattie
martin marty
mary molly polly mae mamie marie maria
mateusz mat
matilda tilly mattie
matthew matt matty matthias
matthias matt hias mathias matze
maurice mo moritz
maximilian max
megan meg
melanie mel
melissa mel missy lissa
melvin mel
michael mike mick mickey mikey mischa michel micha michele michal
michelle shelly chelle micki
miguel mike migue
mikhail misha
mildred millie
miriam mimi mim
mitchell mitch
mohammed mo muhammad mohamed mohammad mehmet
montgomery monty
nadezhda nadia
natalie nat nattie natalia natasha
nathaniel nat nate nathan
nicholas nick nicky nico klaus nicolas nikolas nikolai
nicole nicky nikki nic
norman norm
oliver ollie olly oli
olivia liv livvy
oscar ozzy
pamela pam
patricia pat patty trish tricia patti
patrick pat paddy
paul pablo paolo pavel
paulina pauline paula
penelope penny
peter pete pedro petr pieter piet
philip phil phillip pip filip
philippe phil
priscilla cilla
rachel rach rae
ralph rafe
randall randy randolph
raphael rafa raf rafael
raymond ray
rebecca becky becca bex
reginald reg reggie
rene rennie
richard rick rich dick ricky richie rik ricardo
robert rob bob bobby robbie bert roberto robin
roderick rod
rodney rod
roger rodge
roland rollo rolly
ronald ron ronnie
rosemary rose rosie romy
rudolf rudi rolf
rupert rob
russell russ rusty
ruth ruthie
salvatore sal toto
samantha sam sammy
samuel sam sammy
santiago santi diego
sara sarah sally sadie
sebastian seb basti bastian
sergei sergey serge
sharon shaz
sidney sid sydney
simon si
sophia sophie sofia
stanley stan
stefan steffen stephan
stephanie steph stefanie steffi
stephen steve steven stevie stephan
stuart stewart stu
susan sue susie suzanne suzy susanne susanna
sylvester sly
tamara tammy tam
tatiana tanya tania
terence terry terrence
teresa terry tess tessa theresa resi
theodore ted teddy theo theodor
thomas tom tommy thom tomas tommaso
tiffany tiff
timothy tim timmy
tobias tobi toby
ulrich uli ulli
ursula uschi ursel
valentina val vale
valerie val
veronica ronnie vera vroni
victor vic viktor
victoria vicky vicki tori vic
vincent vince vinnie vinny vincenzo
viola vi
virginia ginny ginger
vladimir vova vlad volodya
walter walt wally
wendy gwen
wilhelm willi will
william will bill billy willy liam willem guillermo guillaume bill
winifred winnie fred
wolfgang wolf wolfi
yekaterina katya kate
yevgeny zhenya eugene
zachary zach zack
zoe zoey
`;

const groupsOf = new Map<string, Set<number>>();
groups.trim().split('\n').forEach((line, group) => {
	for (const name of line.split(' ')) groupsOf.set(name, (groupsOf.get(name) ?? new Set()).add(group));
});

/** Whether one first name is a usual short or pet form of the other, or both of one name; both folded. */
export function areNicknames(one: string, other: string): boolean {
	const groupsOfOther = groupsOf.get(other);
	if (!groupsOfOther) return false;
	for (const group of groupsOf.get(one) ?? []) if (groupsOfOther.has(group)) return true;
	return false;
}
