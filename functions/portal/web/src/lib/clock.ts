// The time by the API's clock. `Date` of an answer is cut to the second, so each
// answer bounds how far the API is ahead; together they tell it ever closer.
let low = -Infinity // milliseconds that the API is ahead, at least
let high = Infinity // at most
let ahead = 0

/** Takes an answer's Date, with when it was asked for and when it came, in local time. */
export function heard(date: string | null, asked: number, came: number) {
  const at = date ? Date.parse(date) : NaN
  if (Number.isNaN(at)) return
  const [least, most] = [at - came, at + 1000 - asked]
  low = Math.max(low, least)
  high = Math.min(high, most)
  if (low > high) [low, high] = [least, most] // a clock was set
  ahead = (low + high) / 2
}

/** Milliseconds since the epoch, by the API's clock. */
export function now() { return Date.now() + ahead }

/** Forgets what is known of the API's clock beyond a first guess. */
function unsettle() { [low, high] = [-Infinity, Infinity] }

type Listener = () => void
const ticks = new Set<Listener>()
const jumps = new Set<Listener>()
let timer: ReturnType<typeof setTimeout> | undefined
let second = 0
let between = 0

// Sleep and a clock that is set show as local time running away from what the
// browser has counted.
function drift() { return Date.now() - performance.now() }

function tick() {
  if (Math.abs(drift() - between) > 1500) {
    unsettle()
    jumps.forEach((tell) => tell())
  }
  arm()
  ticks.forEach((tell) => tell())
}

function arm() {
  between = drift()
  second = Math.floor(now() / 1000)
  timer = setTimeout(tick, 1005 - (now() % 1000)) // just after the API's next second
}

/** Calls at each second of the API's clock, until the answer is called. */
export function onTick(tell: Listener) {
  ticks.add(tell)
  if (!timer) arm()
  return () => { ticks.delete(tell) }
}

/** Calls when the machine slept or its clock was set. */
export function onJump(tell: Listener) {
  jumps.add(tell)
  if (!timer) arm()
  return () => { jumps.delete(tell) }
}

/** The second that the API's clock is in, as it was at the last tick. */
export function currentSecond() { return second || Math.floor(now() / 1000) }

/** Calls whenever one second less remains until `end`, until the answer is called. */
export function onCountdown(end: number, tell: Listener) {
  let next: ReturnType<typeof setTimeout>
  const wait = () => { next = setTimeout(() => { tell(); wait() }, ((((end - now()) % 1000) + 1000) % 1000) + 5) }
  wait()
  const stop = onTick(tell) // the clock may have been set
  return () => {
    clearTimeout(next)
    stop()
  }
}
