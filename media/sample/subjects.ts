// What the sample's questions are about: subjects with true advice, people with circumstances, and the ways
// in which they ask.

export interface Subject {
  readonly topic: string;
  /** Completes "How do I ...". */
  readonly task: string;
  /** Each completes "you should ...". */
  readonly tips: readonly string[];
}

function subjects(topic: string, tasks: Readonly<Record<string, readonly string[]>>): Subject[] {
  return Object.entries(tasks).map(([task, tips]) => ({ topic, task, tips }));
}

export const allSubjects: readonly Subject[] = [
  ...subjects("kitchen", {
    "keep bread fresh for longer": ["store it in a linen bag", "freeze half of it in slices"],
    "cook rice that does not stick": [
      "rinse it until the water runs clear",
      "let it rest under the lid",
    ],
    "season a cast-iron pan": [
      "rub in a thin film of oil and bake it",
      "dry it on the stove after washing",
    ],
    "stop a soup from being too salty": [
      "add unsalted stock",
      "stir in a boiled potato and take it out",
    ],
    "get crisp roast potatoes": ["parboil and shake them", "leave space between the pieces"],
  }),
  ...subjects("garden", {
    "keep basil alive on a windowsill": [
      "water it from below",
      "pinch off the tips above a pair of leaves",
    ],
    "start a small compost heap": ["mix kitchen scraps with dry leaves", "turn it every two weeks"],
    "get rid of aphids on roses": ["spray them off with plain water", "plant marigolds nearby"],
    "grow tomatoes on a balcony": ["choose a deep pot with drainage", "tie the stem to a stake"],
    "bring a lawn back after a dry summer": ["rake out the dead grass", "reseed in early autumn"],
  }),
  ...subjects("repair", {
    "fix a dripping tap": ["shut off the supply and replace the washer", "clean the valve seat"],
    "patch a hole in drywall": ["fill it in two thin layers", "sand it once it is dry"],
    "bleed a radiator": [
      "open the valve until water appears",
      "check the boiler pressure afterwards",
    ],
    "silence a squeaking door": ["grease the hinge pins", "tighten the upper hinge"],
    "re-seal a bathtub": [
      "cut out the old sealant completely",
      "smooth the joint with a wet finger",
    ],
  }),
  ...subjects("travel", {
    "pack for a week with hand luggage": ["roll clothes of two colours", "wear the heaviest shoes"],
    "sleep on a night train": ["book a lower berth", "bring earplugs and a scarf"],
    "plan a hike for beginners": [
      "pick a loop with a bus stop halfway",
      "carry more water than seems needed",
    ],
    "get over jet lag": [
      "go outside in the morning light",
      "eat at local times from the first day",
    ],
    "avoid bank fees abroad": ["pay in the local currency", "withdraw larger amounts less often"],
  }),
  ...subjects("work", {
    "write a polite reminder to a client": [
      "name the invoice and the date",
      "propose a new deadline",
    ],
    "prepare for a job interview": [
      "rehearse two stories about past projects",
      "read the latest annual report",
    ],
    "take useful meeting notes": ["record decisions and owners only", "send them out the same day"],
    "ask for a pay rise": ["list results with figures", "arrange a separate appointment"],
    "stop getting distracted by email": ["read it at fixed hours", "switch off the notifications"],
  }),
  ...subjects("health", {
    "begin running after a long break": [
      "alternate walking and jogging",
      "rest a day between outings",
    ],
    "sit at a desk without back pain": [
      "raise the screen to eye level",
      "stand up every half hour",
    ],
    "fall asleep faster": ["keep the bedroom cool and dark", "put the phone in another room"],
    "eat more vegetables": ["cook a tray of them on Sundays", "start lunch with a salad"],
    "remember to drink enough": [
      "place a full bottle beside the keyboard",
      "have a glass with every meal",
    ],
  }),
  ...subjects("computers", {
    "back up family photos": ["keep two copies on separate disks", "store one of them elsewhere"],
    "speed up an old laptop": [
      "remove programs that start by themselves",
      "replace the hard disk with an SSD",
    ],
    "choose a strong password": ["string together four unrelated words", "use a password manager"],
    "tidy up a crowded desktop": [
      "sort files into folders by year",
      "archive what was untouched for months",
    ],
    "improve weak Wi-Fi in one room": [
      "move the router to the hallway",
      "pick a less crowded channel",
    ],
  }),
  ...subjects("pets", {
    "get a cat used to a carrier": [
      "leave it open with a blanket inside",
      "feed treats in it for some days",
    ],
    "teach a puppy to wait": [
      "reward the first second of stillness",
      "lengthen the wait gradually",
    ],
    "clean a small aquarium": ["change a quarter of the water", "rinse the filter in tank water"],
    "introduce two rabbits": ["let them meet on neutral ground", "swap their bedding beforehand"],
    "brush a dog that hates it": ["start with the shoulders", "stop while it is still calm"],
  }),
];

/** Who asks; completes "I ...". */
export const circumstances: readonly string[] = [
  "am new to this",
  "have tried twice already",
  "only have an hour",
  "live in a small flat",
  "do not want to spend much",
  "share a house with three others",
  "will be away from Friday",
  "need it to last all winter",
];

/** How a question is put; {task} and {I} are filled in. */
export const questions: readonly string[] = [
  "How do I {task}? I {I}.",
  "I {I}. What is the best way to {task}?",
  "Could you tell me how to {task}? I {I}, by the way.",
  "My aim is to {task}, and I {I}. Any advice?",
  "I {I} and would like to {task}. Where do I start?",
  "What should I know in order to {task}? I {I}.",
];
