"""Lists of words that a question is taken apart by; all in lower case, but for months and days."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AUXILIARIES = _words(
    """
    am are can could did do does had has have is may might must shall should was were will would
    """
)
FORMS_OF_BE = _words("are is was were")
FORMS_OF_DO = _words("did do does")
NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
"""Each at the place of its number."""

QUESTION_WORDS = _words("how what when where which who whom whose why")
PREPOSITIONS = _words(
    """
    about after against among as at because before between by during for from in into of on over since than
    through to toward towards under until upon with within without
    """
)
DETERMINERS = _words("a an the these this those")
CLAUSE_WORDS = _words(
    """
    after although and as because before but if or since that though to until when whether which while who
    """
)
"""What a clause opens with, whose subject may be what a word in it points at."""

CONNECTORS = _words("al bin da de del den der di ibn la of van von")
"""Small words inside names."""

SENTENCE_OPENERS = _words(
    """
    according additionally asked although amid amidst another besides between despite earlier except finally following
    furthermore however meanwhile moreover nevertheless once similarly since thus unlike whereas within without
    """
)
"""Words that open a sentence with a capital and are part of no name."""

DAYS = _words(
    """
    April August December February Friday January July June March May Monday November October Saturday September
    Sunday Thursday Tuesday Wednesday
    """
)
"""Months and days, which have capitals and name nothing that is spoken of."""

SAYING = _words("add answer argue believe claim declare explain reply said say tell think told want wants warn write")
"""Verbs of which an answer is what was said or thought."""

ROLES = _words(
    """
    abbot actor adviser ambassador apostle archbishop author baker bishop boss candidate captain cardinal caretaker
    chairman chancellor chief clerk coach colonel commissioner critic director doctor dr duke emperor executive
    father founder general governor head judge justice king lady lawyer leader lord madam man manager mayor minister
    mother mr mrs ms officer officials owner patriarch philosopher player plumber poet pope premier president priest
    prime prince princess professor prophet prosecutor psychologist queen rapper researcher saint scientist
    secretary senator sheikh sheriff singer sir speaker spokesman spokesperson spokeswoman student sultan teacher
    theologian treasurer victim widow wife woman writer
    """
)
"""Words for what a person is, most of which stand before names."""

THINGS = _words(
    """
    academy act administration agency agreement airlines airport alliance army article association authority
    bank bible board book bridge bureau cathedral center centre century church city club coalition college
    commission committee company conference congress convention corporation council country county court
    democrats department diocese district edition empire federation festival force forces foundation front fund
    government group hospital house institute institution island islands kingdom law league library ministry
    moon mount movement museum nation nations navy network office olympics organisation organization palace
    parliament party police press prize project province report republic republicans river school sea see
    seminary senate series service society staff state states store street studies summit system theory times
    treaty tribunal union university version war world
    """
)
"""Words that make a name one of no person."""

PLACES = _words(
    """
    africa america asia australia austria baghdad beijing belgium berlin brazil britain brussels canada china
    damascus delhi egypt england europe finland france gaza germany greece hungary india indonesia iran iraq
    ireland israel italy japan jerusalem kenya korea kremlin kyiv lebanon london mexico moscow nigeria norway
    pakistan paris poland pyongyang russia scotland seoul spain sudan sweden switzerland syria taiwan tehran
    tokyo turkey ukraine venezuela vietnam wales washington yemen
    """
)
"""Countries and cities that news is about: names of no person."""

TURNING_WORDS = _words(
    """
    almost billion eighty fifty forty half hardly hundred less million more never ninety no non none nor not over
    percent quarter seventy sixty third thirty thousand trillion twenty under without
    """
)
"""Words that make of an answer another one, as `not` does before `guilty` and `million` behind `3`."""
