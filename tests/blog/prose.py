"""A guest post about mending a bicycle, as projected text: one paragraph a line."""

PARAGRAPHS = (
    "Where to mend a bicycle",
    "Most towns of some size have two places that will put a broken bicycle right. One is the"
    " bike shop on the high street, where you leave the machine at the counter and fetch it a"
    " week later. The other is the community workshop, a shed with benches and borrowed"
    " spanners where you do the work yourself. Both have kept me rolling for twenty years.",
    "What the community workshop is good at",
    "You pay for parts only, never for labour. A volunteer shows you the first turn of the"
    " spanner and then watches you make the second. People who have trued one wheel with their"
    " own hands rarely pay for it again. The workshop keeps boxes of used derailleurs, levers"
    " and chainrings, so an old frame can be saved for the price of a coffee.",
    "It needs no appointment.",
    "A new chain fits every seven speed cassette.",
    "The stands are free on weekday mornings.",
    "What the community workshop is bad at",
    "Queues are long in spring, when the whole town remembers that it owns a bicycle. Nobody"
    " is liable if your brake fails on the way home. Hydraulic brakes are beyond most"
    " volunteers, and suspension forks are beyond all of them. You will go home with black"
    " fingers.",
    "It needs an evening of your time.",
    "A new chain may not fit a worn cassette.",
    "Tools go missing, and nobody buys new ones.",
    "What the bike shop is good at",
    "A trained mechanic does in half an hour what takes a beginner three evenings. The shop"
    " orders the right bearing on the first try, since it has the catalogue and you have a"
    " guess. Work comes with a guarantee of three months. If the bottom bracket creaks again,"
    " they take it back without a word.",
    "It needs no skill at all.",
    "You are told the price before anything is unscrewed.",
    "What the bike shop is bad at",
    "Labour is charged by the quarter of an hour, and every quarter that is begun counts."
    " Some shops will not touch a bicycle they did not sell. An electric bicycle is often"
    " refused when its battery is of an unknown make. Cheap bicycles are written off too soon,"
    " because the bill would be higher than the price of a new one.",
    "It needs an appointment.",
    "You pay for parts and for labour.",
    "How to choose",
    "Ask yourself what broke and what would happen if you mended it badly. A puncture, a"
    " slack chain and a squeaking mudguard harm nobody, so try them at the workshop first."
    " Brakes, forks and spokes on the drive side carry your life, and there I would pay the"
    " shop without a second thought. A helmet that has hit the road belongs in the bin in"
    " either case.",
    "Check both places once a year, and keep your receipts.",
)
TEXT = "\n".join(PARAGRAPHS)

COPY = "It needs no appointment, they say."
COPIES = f"One.\n{COPY}\nTwo.\n{COPY}\nThree.\n{COPY}\nFour."  # the same words three times
CLAIM = "A new chain fits every seven speed cassette."
OPPOSITE = "A new chain may not fit a worn cassette."
