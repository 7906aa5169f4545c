// The screen in the hall: a clock, a chime and a spoken call. Which calls there are, the page itself says:
// after a lost line it is fetched anew, and the server repeats the calls that were missed.
(() => {
  'use strict';
  const { all } = window.gapura;

  // The server's clock counts, not the screen's: only the distance between the two is kept.
  const clock = document.querySelector('[data-clock]');
  if (clock) {
    const [hour, minute] = clock.getAttribute('datetime').split(':').map(Number);
    const start = performance.now();
    setInterval(() => {
      const now = hour * 60 + minute + Math.floor((performance.now() - start) / 60000);
      const two = number => String(number).padStart(2, '0');
      clock.textContent = `${two(Math.floor(now / 60) % 24)}.${two(now % 60)} ${clock.dataset.clock}`;
    }, 1000);
    // Once a day at most the page is loaded anew, so that the date is right.
    setTimeout(() => location.reload(), (1440 - hour * 60 - minute) * 60000 + 5000);
  }

  // One announcement after the other: speech is queued by the browser, the chime goes before it.
  const spoken = new Set();
  const chime = () => {
    try {
      const audio = new AudioContext();
      [659, 523].forEach((frequency, place) => {
        const tone = new OscillatorNode(audio, { frequency });
        const volume = new GainNode(audio, { gain: .25 });
        tone.connect(volume).connect(audio.destination);
        volume.gain.setTargetAtTime(0, audio.currentTime + place * .35 + .15, .12);
        tone.start(audio.currentTime + place * .35);
        tone.stop(audio.currentTime + place * .35 + .6);
      });
      setTimeout(() => audio.close(), 2000);
    } catch { /* a browser without sound still shows the call */ }
  };
  const say = ({ text, lang }) => {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = lang;
    words.rate = .9;
    speechSynthesis.speak(words);
  };

  // Event "call": data is {"id": "...", "say": [{"text": "...", "lang": "id"}]}; the same id is said once.
  document.addEventListener('gapura:events', ({ detail: events }) => {
    events.addEventListener('call', event => {
      const call = JSON.parse(event.data);
      if (spoken.has(call.id)) return;
      spoken.add(call.id);
      chime();
      if (window.speechSynthesis) setTimeout(() => call.say.forEach(say), 900);
      window.gapura.refresh();
    });
  });

  navigator.wakeLock?.request('screen').catch(() => {});
})();
