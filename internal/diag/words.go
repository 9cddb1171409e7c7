package diag

import "fmt"

// Count returns a number of things in words: "1 file", "2 files".
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Ahead says how far a day is in the future, or in the past if it is negative: "in 3 days", "tomorrow", "1 day ago".
func Ahead(days int) string {
	switch {
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days < 0:
		return Count(-days, "day") + " ago"
	default:
		return fmt.Sprintf("in %d days", days)
	}
}
