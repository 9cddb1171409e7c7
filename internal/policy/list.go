package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// listCondition is a condition on the items of a list that have certain attributes.
type listCondition struct {
	every bool // every such item must meet the condition; otherwise one must
	path  string
	slot  attr.Slot
	where []itemCheck // what selects the items; all must hold
	item  itemCheck   // the condition; with an empty path, it is enough that there is an item
}

// quantifier returns the key under which a policy writes the condition.
func (c *listCondition) quantifier() string {
	if c.every {
		return "all"
	}
	return "any"
}

// itemCheck is an attribute of an item with its operators.
type itemCheck struct {
	path    string
	row     *attr.Row
	derived bool      // by vendorgate; no record states it
	slot    attr.Slot // unless it is derived
	checks  []check
}

// The attribute that the items of a list have besides those that a record states.
const (
	Assessments = "assessments"
	ValidUntil  = "valid_until"
)

// derivedRow returns the row of an attribute that vendorgate derives for the items of a list; nil if there is none of this name.
func derivedRow(list, name string) *attr.Row {
	if list != Assessments || name != ValidUntil {
		return nil
	}
	return &attr.Row{Path: ValidUntil, Type: attr.Date}
}

// value returns the attribute of an item; nil if it is absent. missing names the attribute that is needed instead.
func (c *itemCheck) value(a Answers, item *attr.Record) (v *attr.Value, missing string) {
	if c.derived {
		if v, missing = a.ValidUntil(item); v == nil {
			return nil, missing
		}
		return v, c.path
	}
	return item.Peek(c.slot), c.path
}

// judge evaluates the operators on an item. attribute is the one that decides.
func (c *itemCheck) judge(a Answers, item *attr.Record) (outcome Outcome, attribute string) {
	if c.path == "" {
		return Holds, ""
	}
	v, attribute := c.value(a, item)
	if v != nil && v.State == attr.Invalid {
		return Fails, attribute
	}
	return judgeValue(v, c.checks, a.Today), attribute
}

// selects reports whether the condition is about an item. What does not apply to the item does not select it.
func (c *listCondition) selects(a Answers, item *attr.Record) (outcome Outcome, attribute string) {
	outcome = Holds
	for i := range c.where {
		switch got, path := c.where[i].judge(a, item); {
		case got == Fails || got == NotApplicable:
			return Fails, path
		case got == IsUnknown && outcome == Holds:
			outcome, attribute = IsUnknown, path
		}
	}
	return outcome, attribute
}

// ItemName names an item of a list: by its id or, without one, by its number, counted from 1.
func ItemName(list string, items []*attr.Record, i int) string {
	if _, _, ok := items[i].Table().Lookup("id"); ok && items[i].Get("id").Known() {
		return fmt.Sprintf("%s[%s]", list, items[i].Get("id").Text)
	}
	return fmt.Sprintf("%s[%d]", list, i+1)
}

// judgeItem evaluates the condition on one item. It is NotAsked of an item that it is not about, or that makes no difference. attribute
// is the one that decides.
func (c *listCondition) judgeItem(a Answers, item *attr.Record) (outcome Outcome, attribute string) {
	selected, selector := c.selects(a, item)
	if selected == Fails {
		return NotAsked, selector
	}
	outcome, attribute = c.item.judge(a, item)
	if outcome == NotApplicable { // which proves nothing, and violates nothing
		outcome = map[bool]Outcome{false: Fails, true: Holds}[c.every]
	}
	switch {
	case selected == Holds:
		return outcome, attribute
	case c.every && outcome == Holds, !c.every && outcome == Fails:
		return NotAsked, attribute
	default:
		return IsUnknown, selector
	}
}

// judgeList evaluates the condition. path names the attribute that decides, or the list.
func (b *Branch) judgeList(a Answers) (outcome Outcome, path string) {
	c := b.list
	v := a.Record.Peek(c.slot)
	switch {
	case v == nil || v.State == attr.Unknown:
		return IsUnknown, c.path
	case v.State != attr.Set:
		return NotApplicable, c.path
	}
	var failing, unknown string
	var latest scalar.Date
	for i, item := range v.Records {
		got, attribute := c.judgeItem(a, item)
		name := strings.TrimSuffix(ItemName(c.path, v.Records, i)+"."+attribute, ".")
		switch got {
		case Holds:
			if !c.every {
				return Holds, name
			}
		case Fails: // of several, the one that lasted longest is named
			if day := c.item.day(a, item); failing == "" || day.After(latest) && !c.every {
				failing, latest = name, day
			}
		case IsUnknown:
			unknown = cmp.Or(unknown, name)
		case NotApplicable, NotAsked:
		}
	}
	switch {
	case c.every && failing != "":
		return Fails, failing
	case unknown != "":
		return IsUnknown, unknown
	case c.every:
		return Holds, c.path
	default:
		return Fails, cmp.Or(failing, c.path)
	}
}

// day returns the date that the attribute of an item holds; zero for another type.
func (c *itemCheck) day(a Answers, item *attr.Record) scalar.Date {
	if v, _ := c.value(a, item); c.path != "" && v != nil {
		return v.Day
	}
	return scalar.Date{}
}

// lastDayOfList is lastDay for a list: the last day of the item that meets the condition longest or, if every item must meet it, of
// the first that no longer does.
func (b *Branch) lastDayOfList(a Answers) (last scalar.Date, path string, holds bool) {
	c := b.list
	v := a.Record.Peek(c.slot)
	if v == nil || !v.Known() {
		return last, c.path, b.judge(a) == Holds
	}
	holds = c.every
	for i, item := range v.Records {
		end, by, meets, selected := c.lastDayOfItem(a, item)
		name := ItemName(c.path, v.Records, i) + "." + by
		switch {
		case !selected:
		case c.every && !meets:
			return scalar.Date{}, "", false
		case c.every && !end.IsZero() && (last.IsZero() || end.Before(last)):
			last, path = end, name
		case c.every || !meets:
		case end.IsZero():
			return end, "", true
		case end.After(last):
			last, path, holds = end, name, true
		}
	}
	return last, path, holds
}

// lastDayOfItem returns the first last day of the operators on the dates of an item, and the attribute that sets it. meets reports
// whether the other operators hold, selected whether the condition is about the item.
func (c *listCondition) lastDayOfItem(a Answers, item *attr.Record) (last scalar.Date, by string, meets, selected bool) {
	meets, selected = true, true
	checks := append(slices.Clone(c.where), c.item)
	for i := range checks {
		v, attribute := checks[i].value(a, item)
		switch {
		case checks[i].path == "":
			continue
		case v == nil || !v.Known() || v.Items != nil:
			got, _ := checks[i].judge(a, item)
			meets = meets && (got == Holds || got == NotApplicable && i == len(c.where))
			selected = selected && (i == len(c.where) || got == Holds)
			continue
		}
		end, holds := lastDayOf(v, checks[i].checks, a.Today)
		if i < len(c.where) {
			selected = selected && holds
			if c.every {
				continue // the condition is no longer about the item from then on
			}
		} else {
			meets = meets && holds
		}
		if !end.IsZero() && (last.IsZero() || end.Before(last)) {
			last, by = end, attribute
		}
	}
	return last, by, meets, selected
}

// wantedOfList is Wanted for a list.
func (b *Branch) wantedOfList() string {
	c := b.list
	var where []string
	for i := range c.where {
		where = append(where, wanted(c.where[i].path, c.where[i].checks))
	}
	items := c.path
	if where != nil {
		items += " where " + strings.Join(where, " and ")
	}
	switch {
	case c.item.path == "":
		return "an item of " + items
	case c.every:
		return wanted(c.item.path, c.item.checks) + " in every item of " + items
	default:
		return wanted(c.item.path, c.item.checks) + " in an item of " + items
	}
}

// Selection describes the items that a list must have; empty if the branch is about no list.
func (b *Branch) Selection() (list, where string) {
	if b.list == nil {
		return "", ""
	}
	var parts []string
	for i := range b.list.where {
		parts = append(parts, wanted(b.list.where[i].path, b.list.where[i].checks))
	}
	return b.list.path, strings.Join(parts, " and ")
}
