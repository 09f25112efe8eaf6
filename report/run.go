package report

// Run says how a report was made. It holds nothing that differs between two
// runs over the same input with the same settings.
type Run struct {
	Version  string    // of the program
	Inputs   []string  // as named on the command line
	Settings []Setting // in the order in which they are shown
}

// Setting is a setting, or the version of something that decides the figures.
type Setting struct{ Name, Value string }
