// The screen in the hall: a clock, a gong, spoken calls one after the other, captions, and lines that take turns.
// What stands on the board, the events bring; a browser without sound still shows and captions every call.
(() => {
  'use strict';
  const { all } = window.gapura;
  const hall = document.querySelector('.display-hall');
  const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

  // The server's clock counts, not the screen's: only the distance between the two is kept.
  const clock = document.querySelector('[data-clock]');
  if (clock) {
    const [hour, minute] = clock.getAttribute('datetime').split(':').map(Number);
    // The minute turns when the server's does: what had passed of it comes with the page.
    const start = performance.now() - Number(clock.dataset.milliseconds);
    const tick = () => {
      const passed = performance.now() - start;
      const now = hour * 60 + minute + Math.floor(passed / 60000);
      const two = number => String(number).padStart(2, '0');
      clock.textContent = `${two(Math.floor(now / 60) % 24)}.${two(now % 60)} ${clock.dataset.clock}`;
      setTimeout(tick, 60000 - passed % 60000 + 20);
    };
    tick();
    // Once a day at most the page is loaded anew, so that the date is right.
    setTimeout(() => location.reload(), (1440 - hour * 60 - minute) * 60000 + 5000);
  }

  // Lines below the calls take turns; nothing runs across the screen.
  const lines = all('[data-ticker] p');
  let line = 0;
  const turn = () => lines.forEach((each, place) => { each.hidden = place !== line; });
  turn();
  if (lines.length > 1) setInterval(() => { line = (line + 1) % lines.length; turn(); }, 10000);

  // Gong, speech and flash are separate switches; the display remembers what was chosen at it.
  const stored = name => { try { return localStorage.getItem(`display.${name}`); } catch { return null; } };
  const store = (name, value) => { try { localStorage.setItem(`display.${name}`, value); } catch { /* until reload */ } };
  const isOn = name => (stored(name) ?? hall?.dataset[name]) === 'ya';
  const show = () => all('[data-switch]').forEach(each => {
    const on = isOn(each.dataset.switch);
    each.setAttribute('aria-pressed', String(on));
    each.querySelector('[data-on]').hidden = !on;
    each.querySelector('[data-off]').hidden = on;
  });

  // Sound needs a browser that lets the page play: many do only after a tap, and then a notice asks for one.
  let audio;
  try { audio = new AudioContext(); } catch { /* captions only */ }
  const isMuted = () => !audio || audio.state !== 'running';
  const look = () => {
    const wanted = isOn('chime') || isOn('speech');
    all('[data-allow]').forEach(each => { each.hidden = !audio || !isMuted() || !wanted; });
  };
  const unlock = () => audio?.resume().then(look, look);
  audio?.addEventListener('statechange', look);
  addEventListener('pointerdown', unlock);
  addEventListener('keydown', unlock);
  addEventListener('click', event => {
    const name = event.target.closest?.('[data-switch]')?.dataset.switch;
    if (!name) return;
    store(name, isOn(name) ? 'tidak' : 'ya');
    show();
    look();
  });

  const chime = async () => {
    [659, 523].forEach((frequency, place) => {
      const tone = new OscillatorNode(audio, { frequency });
      const volume = new GainNode(audio, { gain: .25 });
      tone.connect(volume).connect(audio.destination);
      volume.gain.setTargetAtTime(0, audio.currentTime + place * .35 + .15, .12);
      tone.start(audio.currentTime + place * .35);
      tone.stop(audio.currentTime + place * .35 + .6);
    });
    await wait(1000);
  };
  const recorded = async address => {
    const answer = await fetch(address, { signal: AbortSignal.timeout(4000) }); // a call that comes late misleads
    if (!answer.ok) throw new Error('no recording');
    return audio.decodeAudioData(await answer.arrayBuffer());
  };
  const play = recording => new Promise(resolve => {
    const source = new AudioBufferSourceNode(audio, { buffer: recording });
    source.connect(audio.destination);
    source.onended = resolve;
    source.start();
    setTimeout(resolve, recording.duration * 1000 + 1000); // a device that was pulled out never ends
  });
  const speakHere = sentence => new Promise(resolve => {
    if (!window.speechSynthesis) return resolve();
    const words = new SpeechSynthesisUtterance(sentence.say);
    words.lang = sentence.lang;
    words.rate = .9;
    words.onend = words.onerror = resolve;
    speechSynthesis.speak(words);
    setTimeout(resolve, 12000);
  });
  const say = async (sentence, recording) => {
    const sound = await recording;
    await (sound ? play(sound) : speakHere(sentence));
  };

  // One announcement after the other: none talks over another, and each is captioned while it lasts.
  const captionMilliseconds = 6000;
  const spoken = new Set();
  const waiting = [];
  let isSpeaking = false;

  const announce = async call => {
    const begun = performance.now();
    const captions = document.querySelector('.captions');
    captions.replaceChildren(...call.sentences.map(({ lang, caption }) =>
      Object.assign(document.createElement('p'), { lang, textContent: caption })));
    document.body.classList.add('calling');
    if (isOn('flash')) document.body.classList.add('flashing');
    if (!isMuted()) {
      // Fetched while the gong sounds.
      const recordings = isOn('speech') ? call.sentences.map(each => recorded(each.sound).catch(() => null)) : [];
      if (isOn('chime')) await chime();
      for (const [place, recording] of recordings.entries()) await say(call.sentences[place], recording);
    }
    // Long enough to be read, also where it is not heard; a queue of calls goes on sooner.
    const rest = (waiting.length ? captionMilliseconds / 2 : captionMilliseconds) - (performance.now() - begun);
    if (rest > 0) await wait(rest);
    document.body.classList.remove('calling', 'flashing');
    captions.replaceChildren();
    await wait(300);
  };
  const speak = async () => {
    if (isSpeaking) return;
    isSpeaking = true;
    while (waiting.length) await announce(waiting.shift()).catch(() => {});
    isSpeaking = false;
  };

  // Event "call": one call with its sentences; the same id is said once.
  document.addEventListener('gapura:events', ({ detail: events }) => {
    events.addEventListener('call', event => {
      const call = JSON.parse(event.data);
      if (spoken.has(call.id)) return;
      spoken.add(call.id);
      waiting.push(call);
      speak();
    });
  });

  all('[data-sound]').forEach(each => { each.hidden = false; });
  show();
  look();
  navigator.wakeLock?.request('screen').catch(() => {});
})();
