// HTML and Markdown that would act, load or lead away if a page took it as its own.

/** By family. `call` is a script to run, `address` what must never be asked for. */
export function markupTexts(
  call: string,
  address: string,
): Readonly<Record<string, readonly string[]>> {
  return {
    script: scripts(call, address),
    event: events(call),
    frame: frames(call, address),
    load: loads(address),
    form: forms(call, address),
    "parser trick": parserTricks(call),
    clobbering,
  };
}

function scripts(call: string, address: string): string[] {
  return [
    `<script>${call}</script>`,
    `<ScRiPt>${call}</sCrIpT >`,
    `<script src="${address}.js"></script>`,
    `<script type="module">import "${address}.js"</script>`,
    `<script/x>${call}</script>`,
    `<scr<script>ipt>${call}</scr</script>ipt>`,
    `</title></style></textarea><script>${call}</script>`,
    `<svg><script>${call}</script></svg>`,
    `<svg><script href="${address}.js" /></svg>`,
    `<math><script>${call}</script></math>`,
    `<script nonce="0123456789abcdef">${call}</script>`,
    `<script>import("${address}.js")</script>`,
    `<script src="data:text/javascript,${call}"></script>`,
    `\`\`\`html\n<script>${call}</script>\n\`\`\`\n<script>${call}</script>`,
    `<script type="speculationrules">{"prefetch":[{"urls":["${address}"]}]}</script>`,
    `<script type="importmap">{"imports":{"./chunk.js":"${address}.js"}}</script>`,
  ];
}

function events(call: string): string[] {
  const elements = [
    `<img src=x onerror=CALL>`,
    `<img src="x" onerror="CALL" alt="\`">`,
    `<img/src=x/onerror=CALL>`,
    `<img\nsrc=x\nonerror\n=\nCALL>`,
    `<svg onload=CALL>`,
    `<svg><animate onbegin=CALL attributeName=x dur=1s>`,
    `<svg><a xlink:href="javascript:CALL"><text y=20>x</text></a></svg>`,
    `<svg><set attributeName=href to="javascript:CALL"/></svg>`,
    `<body onload=CALL>`,
    `<video><source onerror=CALL></video>`,
    `<audio src=x onerror=CALL></audio>`,
    `<input autofocus onfocus=CALL>`,
    `<select autofocus onfocus=CALL></select>`,
    `<details open ontoggle=CALL>x</details>`,
    `<marquee onstart=CALL>x</marquee>`,
    `<div onpointerover=CALL style="position:fixed;inset:0">x</div>`,
    `<p tabindex=0 autofocus onfocus=CALL>x</p>`,
    `<style onload=CALL></style>`,
    `<link rel=stylesheet href=x onerror=CALL>`,
    `<math><mi onmouseover=CALL xlink:href="javascript:CALL">x</mi></math>`,
    `<xss onanimationstart=CALL style="animation: x 1s">x</xss>`,
    `<vscode-button onclick=CALL autofocus onfocus=CALL>x</vscode-button>`,
  ];
  return elements.map((element) => element.replaceAll("CALL", call));
}

function frames(call: string, address: string): string[] {
  return [
    `<iframe src="${address}"></iframe>`,
    `<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
    `<iframe src="javascript:parent.${call}"></iframe>`,
    `<iframe src="data:text/html,<script>parent.${call}</script>"></iframe>`,
    `<object data="${address}"></object>`,
    `<object data="data:text/html,<script>parent.${call}</script>"></object>`,
    `<embed src="${address}">`,
    `<embed src="javascript:${call}">`,
    `<frameset><frame src="${address}"></frameset>`,
    `<portal src="${address}"></portal><fencedframe></fencedframe>`,
    `<iframe src="vscode://x"></iframe>`,
    `<applet code="x" codebase="${address}"></applet>`,
  ];
}

function loads(address: string): string[] {
  return [
    `![picture](${address}.png)`,
    `![picture][p]\n\n[p]: ${address}.png "title"`,
    `![a](<${address}.png> "t")![b](//canary.test/y.png)`,
    `[![a](${address}.png)](${address})`,
    `<img src="${address}.png">`,
    `<img srcset="${address}.png 1x, ${address}2.png 2x">`,
    `<picture><source srcset="${address}.png"><img></picture>`,
    `<video src="${address}.mp4" poster="${address}.png" autoplay></video>`,
    `<audio src="${address}.mp3" autoplay></audio>`,
    `<video><track default src="${address}.vtt"></video>`,
    `<input type="image" src="${address}.png">`,
    `<link rel="stylesheet" href="${address}.css">`,
    `<link rel="prefetch" href="${address}"><link rel="dns-prefetch" href="//canary.test">`,
    `<link rel="preload" as="image" href="${address}.png"><link rel="icon" href="${address}.ico">`,
    `<svg><image href="${address}.png" /></svg>`,
    `<svg><use href="${address}.svg#x" /></svg>`,
    `<svg><filter id="f"><feImage href="${address}.png" /></filter></svg>`,
    `<p style="background: url(${address}.png)">x</p>`,
    `<p class="x" style="content: url(${address}.png); position: fixed; inset: 0; z-index: 9">x</p>`,
    `<style>@import "${address}.css"; body { display: none }</style>`,
    `<style>@font-face { font-family: x; src: url(${address}.woff2) } * { font-family: x }</style>`,
    `<table background="${address}.png"><tr><td background="${address}.png">x</table>`,
    `<base href="https://canary.test/">[x](y.png) ![x](y.png)`,
    `<meta http-equiv="refresh" content="0; url=${address}">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src *">`,
    `<meta http-equiv="set-cookie" content="a=b"><meta name="referrer" content="unsafe-url">`,
  ];
}

function forms(call: string, address: string): string[] {
  return [
    `<form action="${address}"><input name="x" autofocus><button>Save</button></form>`,
    `<form><button formaction="javascript:${call}">Next</button></form>`,
    `<form action="javascript:${call}"><input type="submit" value="Next"></form>`,
    `<form id="f" action="${address}"></form><button form="f">Saved</button>`,
    `<dialog open><form method="dialog"><button>OK</button></form></dialog>`,
    `<isindex action="${address}" prompt="Password">`,
    `<button popovertarget="page" commandfor="page" command="show-modal">x</button>`,
  ];
}

/** HTML that changes when it is parsed a second time (mutation XSS), and other classics. */
function parserTricks(call: string): string[] {
  const image = `<img src=x onerror=${call}>`;
  const quoted = `<img title="--&gt;&lt;img src=x onerror=${call}&gt;">`;
  return [
    `<math><mtext><table><mglyph><style><!--</style>${quoted}`,
    `<form><math><mtext></form><form><mglyph><style></math>${image}`,
    `<svg></p><style><a id="</style>${image}">`,
    `<svg><style><img title="</style>${image}">`,
    `<noscript><p title="</noscript>${image}">`,
    `<noembed><p title="</noembed>${image}">`,
    `<xmp><p title="</xmp>${image}">`,
    `<textarea><p title="</textarea>${image}">`,
    `<listing>&lt;img src=x onerror=${call}&gt;</listing>`,
    `<svg><![CDATA[><image xlink:href="]]>${image}">`,
    `<math><annotation-xml encoding="text/html"><style><img title="</style>${image}">`,
    `<svg><desc><noscript><img title="</noscript>${image}">`,
    `<!--><script>${call}</script>-->`,
    `<!--- --!>${image}-->`,
    `<?xml-stylesheet href="javascript:${call}"?>${image}`,
    `<!DOCTYPE x [<!ENTITY y "${image}">]>&y;`,
    `<select><template><style></select>${image}</style></template></select>`,
    `<div><template shadowrootmode="open">${image}<slot></slot></template></div>`,
    `<a title="\`onmouseover=${call}\`">x</a>`,
    `[x](y "title\\" onmouseover=${call} z=\\"")`,
    `[x](y 'a"><script>${call}</script>')`,
    `<x:script xmlns:x="http://www.w3.org/1999/xhtml">${call}</x:script>`,
    `&lt;script&gt;${call}&lt;/script&gt; &amp;lt;img&amp;gt;`,
    `\${${call}} {{${call}}} <%= ${call} %> <!--?lit$1$-->`,
  ];
}

/** Names that would stand in the way of what the page and the browser call by name. */
const clobbering: readonly string[] = [
  `<main id="page">mine</main>`,
  `<div id="announcer" role="alert">Saved</div>`,
  `<a id="acquireVsCodeApi" href="x"></a><a id="acquireVsCodeApi" name="call"></a>`,
  `<form name="document"><input name="getElementById"></form>`,
  `<form><input name="nodeName"><input name="parentNode"><input name="attributes"></form>`,
  `<form id="page"><input id="children" name="children"></form>`,
  `<img name="currentScript" src="https://canary.test/x"><img name="cookie">`,
  `<img id="body" name="body"><img name="activeElement"><img name="head">`,
  `<a id="trustedTypes" href="x"></a><a id="DOMPurify"></a>`,
  `<p id="constructor">x</p><p id="__proto__">y</p>`,
  `<p class="response-a prompt codicon spoken" data-ticket="stolen" data-address="command:x">x</p>`,
  `# page\n\n# announcer\n\n[^page]: x\n\n[^page]`,
];
