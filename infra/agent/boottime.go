package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// sinceBoot is CLOCK_BOOTTIME: nobody can set it, and it goes on while the machine
// sleeps, which Go's own monotonic clock does not.
// https://man7.org/linux/man-pages/man2/clock_gettime.2.html
func sinceBoot() time.Duration {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &now); err != nil {
		panic("no clock: " + err.Error()) // Linux before 2.6.39
	}
	return time.Duration(now.Nano())
}
