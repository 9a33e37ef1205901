"""The roster: people who offer their work, who they are, what they can do, and a clock fair to them."""
