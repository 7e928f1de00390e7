// What the commands say, in English and French, before the page and its messages exist.
// Kept to syntax an old Node can read: the first of these lines may be that Node is too old.

/** @typedef {"en" | "fr"} Language */

/** @type {Record<Language, Record<string, string>>} */
const WORDS = {
  en: {
    nodeTooOld:
      "OpenClaw Setup needs Node.js {needed} or newer; this is {found}.\nInstall a current version from https://nodejs.org/ (or with your version manager: nvm install --lts), then run the same command again.",
    unknownOption: "{detail} See: npm start -- --help",
    badPort: "--port takes a whole number from 0 to 65535, not “{value}”.",
    badLocale: "--locale takes en or fr, not “{value}”.",
    badProfile:
      "--profile takes 1 to 64 letters, digits, hyphens and underscores, beginning with a letter or digit, not “{value}”.",
    installing: "Installing what OpenClaw Setup needs (once; about a minute)…",
    installFailed:
      "Installing failed. Check the network (and HTTPS_PROXY behind a proxy), then run the same command again.",
    building: "Preparing the page (only when something changed; about a minute)…",
    buildFailed: "Preparing the page failed; the output is above. Nothing else was changed.",
    waiting: "Another start is preparing the page; waiting for it…",
    starting: "Starting…",
    portTaken:
      "Port {port} is already in use: perhaps OpenClaw Setup is running in another terminal. End that one with Ctrl-C, or choose another port:\n  npm start -- --port {other}",
    portDenied:
      "This account may not listen on port {port}. Choose another:\n  npm start -- --port {other}",
    failed: "OpenClaw Setup could not start: {detail}",
    help: `Usage: npm start -- [options]

  --port N         port on this computer (default 1455; 0 takes any free one)
  --no-open        do not open the browser; the address is printed either way
  --locale en|fr   language of the page and of these messages
  --profile NAME   set up this OpenClaw profile
  --version        print the version
  --help           print this text`,
  },
  fr: {
    nodeTooOld:
      "OpenClaw Setup demande Node.js {needed} ou plus récent ; ceci est {found}.\nInstallez une version actuelle depuis https://nodejs.org/ (ou avec votre gestionnaire de versions : nvm install --lts), puis relancez la même commande.",
    unknownOption: "{detail} Voir : npm start -- --help",
    badPort: "--port attend un nombre entier de 0 à 65535, pas « {value} ».",
    badLocale: "--locale attend en ou fr, pas « {value} ».",
    badProfile:
      "--profile attend 1 à 64 lettres, chiffres, traits d’union et tirets bas, en commençant par une lettre ou un chiffre, pas « {value} ».",
    installing: "Installation du nécessaire (une seule fois ; environ une minute)…",
    installFailed:
      "L’installation a échoué. Vérifiez le réseau (et HTTPS_PROXY derrière un proxy), puis relancez la même commande.",
    building: "Préparation de la page (seulement après un changement ; environ une minute)…",
    buildFailed:
      "La préparation de la page a échoué ; le détail est ci-dessus. Rien d’autre n’a été modifié.",
    waiting: "Un autre démarrage prépare déjà la page ; attente…",
    starting: "Démarrage…",
    portTaken:
      "Le port {port} est déjà utilisé : OpenClaw Setup tourne peut-être dans un autre terminal. Terminez-le avec Ctrl-C, ou choisissez un autre port :\n  npm start -- --port {other}",
    portDenied:
      "Ce compte ne peut pas écouter sur le port {port}. Choisissez-en un autre :\n  npm start -- --port {other}",
    failed: "OpenClaw Setup n’a pas pu démarrer : {detail}",
    help: `Utilisation : npm start -- [options]

  --port N         port sur cet ordinateur (1455 par défaut ; 0 prend un port libre)
  --no-open        ne pas ouvrir le navigateur ; l’adresse est affichée dans tous les cas
  --locale en|fr   langue de la page et de ces messages
  --profile NOM    configurer ce profil d’OpenClaw
  --version        afficher la version
  --help           afficher ce texte`,
  },
};

/**
 * The language of the terminal: `--locale`, else LC_ALL, LC_MESSAGES, LANG in POSIX order, else English.
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {Language}
 */
export function chooseLanguage(args, env) {
  let asked = env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "";
  args.forEach((arg, index) => {
    if (arg === "--locale") asked = args[index + 1] || "";
    else if (arg.indexOf("--locale=") === 0) asked = arg.slice(9);
  });
  return /^fr(?:[^a-z]|$)/i.test(asked) ? "fr" : "en";
}

/**
 * @param {Language} language
 * @returns {(key: string, values?: Record<string, string | number>) => string}
 */
export function speaker(language) {
  return (key, values) =>
    (WORDS[language][key] || key).replace(/\{(\w+)\}/g, (whole, name) =>
      values && name in values ? String(values[name]) : whole,
    );
}
