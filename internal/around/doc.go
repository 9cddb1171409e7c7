// Package around reads what surrounds a name in a text: the call, assignment or section that it stands in.
// It works for many languages at once, does not parse them, and looks only within reach of the name.
package around
