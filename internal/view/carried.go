package view

// Carried is a form that was sent and not acted on, as web.Carried has it.
type Carried struct {
	To     string
	Parts  bool
	Fields [][2]string
	Lost   bool
	Sealed string
}

// Undone shows a form that was not acted on: its words, to be read and copied, and the
// button that sends it once more, where that may help.
type Undone struct {
	Form   Carried
	Words  []string
	CSRF   string
	Resend string // on the button; none when empty
}
