"""A separation after violence, with an address that may not be known. No text here holds an address or a number."""

from casusregie.demo.stories.model import Note, Promise, Someone, Story, Way

SEPARATION = Story(
    slug="separation",
    name="Van den Brink-Özdemir",
    pattern=(
        "Vader houdt grip door te volgen en te vragen waar zij is; moeder beschermt zich door te zwijgen; de kinderen "
        "dragen de berichten. Elk zwijgen is voor hem bewijs dat hij moet zoeken, elk zoeken is voor haar bewijs dat zij "
        "moet zwijgen."
    ),
    violence="partnergeweld met dwingende controle, getuige zijn door de kinderen",
    between="ex-partners, kinderen als getuige",
    director="icr1@demo.example",
    intensity="red",
    form="separate",
    opened=-112,
    reason="Overdracht van Veilig Thuis na een tijdelijk huisverbod",
    deputies=("icr2@demo.example",),
    persons=(
        Someone(
            "Elif",
            "moeder",
            surname="Özdemir",
            born=(34, 2, 8),
            ways=(
                Way(
                    "06 00418852",
                    "app",
                    note="Tweede toestel. Alleen appen, nooit inspreken, geen naam noemen. Neemt niet op als een "
                    "kind erbij is.",
                    confirmed=-3,
                ),
                Way(
                    "06 00418853",
                    safe="no",
                    note="Oud nummer; dit toestel ligt nog bij Jeroen en is meegelezen.",
                    confirmed=-109,
                ),
                Way(
                    "e.KANARIE-Tapuit@post.example",
                    "mail",
                    "unknown",
                    note="Wachtwoord gewijzigd, nog niet nagekeken of er een tweede toestel aan hangt.",
                ),
                Way(
                    "Huize KANARIE-Grutto, Zilverschoonpad 118, 3199 ZZ Oosterwaard",
                    "other",
                    "yes",
                    note="Alleen mondeling. Nergens overschrijven, ook niet in een afspraak of een taxirit.",
                    knows=("Defne", "Teun"),
                    confirmed=-3,
                ),
            ),
        ),
        Someone(
            "Jeroen",
            "vader",
            surname="Brink",
            infix="van den",
            born=(37, 10, 21),
            home=False,
            ways=(
                Way("06 00418861", note="Neemt na 17 uur op. Belt terug met een afgeschermd nummer.", confirmed=-9),
                Way("jeroen.KANARIE-Scholekster@post.example", "mail", "yes", confirmed=-75),
            ),
        ),
        Someone(
            "Defne",
            "dochter",
            surname="Brink",
            infix="van den",
            born=(13, 5, 2),
            ways=(
                Way(
                    "06 00418870",
                    safe="no",
                    note="Heeft Jeroen betaald; de locatie stond aan. Ligt uit, in een la.",
                    confirmed=-100,
                ),
            ),
        ),
        Someone("Teun", "zoon", surname="Brink", infix="van den", born=(9, 12, 14)),
        Someone(
            "Corrie",
            "oma (moeder van Jeroen)",
            surname="Verkerk",
            partner="Brink",
            partner_infix="van den",
            name_use="partner_own",
            born=(66, 7, 5),
            home=False,
            ways=(Way("06 00418884", note="Woont naast Jeroen. Aannemen dat hij meeluistert.", safe="unknown"),),
        ),
        Someone(
            "Selma",
            "zus van Elif",
            surname="Özdemir",
            born=(29, 8, 17),
            home=False,
            ways=(Way("06 00418890", safe="yes", confirmed=-20),),
        ),
    ),
    notes=(
        Note(
            -112,
            "10:00",
            "meeting",
            minutes=60,
            why=("align", "safety", "position"),
            body=(
                "Warme overdracht door Veilig Thuis, met de wijkagent erbij. Eerst de veiligheid, dan de rest.\n"
                "! Tijdelijk huisverbod voor Jeroen na een avond waarop hij Elif bij haar keel pakte (politie, mutatie; letsel "
                "door de huisarts vastgelegd). Kinderen waren boven en wakker.\n"
                "! Twee eerdere meldingen in drie jaar, beide gesloten zonder vervolg.\n"
                "Ik spreek ieder apart. Niemand hoort van mij wat een ander zei of waar een ander is."
            ),
            promise=Promise(-110, "Elif spreken, op een plek die zij kiest", done=-110),
        ),
        Note(
            -110,
            "13:30",
            "office",
            with_=("Elif",),
            minutes=90,
            why=("trust", "safety"),
            body=(
                "Eerste gesprek met Elif, alleen. Gevraagd wie er weet dat zij hier is: alleen haar zus.\n"
                "@Elif: Hij heeft mij niet elke dag geslagen. Hij wist elke dag waar ik was. Dat is moeilijker uit te leggen.\n"
                "@Elif: Als ik te laat thuis was had hij de kilometers al gelezen.\n"
                "@Elif*: Ik ga niet terug als het verbod afloopt, en dat weet nog niemand, ook de kinderen niet. Als ik bel en ik "
                "vraag naar de KANARIE-Fuut, dan staat hij naast mij en moet jij de politie bellen.\n"
                "! Bij haar keel gepakt worden telt zwaar: met de forensisch arts besproken, verhoogd risico.\n"
                "~ Zij is nuchter en weet heel precies wat gevaarlijk is. Haar inschatting is de beste die wij hebben."
            ),
            promise=Promise(-109, "Veilige plek en telefoon geregeld? Nabellen via zus", done=-109),
        ),
        Note(
            -109,
            "09:20",
            "phone",
            with_=("Selma",),
            minutes=15,
            why=("practical", "safety"),
            body=(
                "Afgesproken via Selma. Elif en de kinderen zijn vannacht vertrokken. Nieuwe telefoon zonder oude account.\n"
                "@Selma: Ze hebben geslapen. Alle drie in één bed, maar geslapen.\n"
                "Waar zij zijn staat alleen bij de bereikbaarheid."
            ),
        ),
        Note(
            -107,
            "17:30",
            "office",
            with_=("Jeroen",),
            minutes=75,
            why=("trust", "norm"),
            body=(
                "Eerste gesprek met Jeroen op het bureau, collega in de kamer ernaast. Gezegd waar ik voor ben: dat het stopt, voor "
                "iedereen, en dat ik hem net zo goed blijf zien.\n"
                "@Jeroen: Ik heb haar vastgepakt, ja. Ik wilde dat ze luisterde. Nu ben ik de man van de keel.\n"
                "@Jeroen: Ik slaap bij mijn moeder op een luchtbed. Ik weet niet of Teun zijn inhaler bij zich heeft.\n"
                "Norm genoemd: een hand op de keel is levensgevaarlijk en mag nooit, wat zij ook zegt. Hij keek weg en knikte.\n"
                "Hij vroeg drie keer waar zij zijn. Drie keer gezegd dat ik daar geen antwoord op geef, ook later niet.\n"
                "! Teun heeft zijn inhaler (bron: gehoord van school)\n"
                "~ Er is schaamte en er is een man die zoekt. Beide tegelijk. Met de schaamte kan ik werken."
            ),
        ),
        Note(
            -98,
            "14:15",
            "visit",
            with_=("Defne",),
            minutes=45,
            why=("trust", "insight"),
            body=(
                "Defne gesproken, wandelend. Zij wilde niet zitten.\n"
                "@Defne: Iedereen vraagt hoe het met mama gaat. Ik ben degene die de muziek hard zette voor Teun.\n"
                "@Defne: Papa stuurde steeds: zeg maar waar je bent, dan breng ik je fiets. Ik wil mijn fiets. Ik heb niks gezegd.\n"
                "@Defne*: Ik mis hem wel. Dat ga ik niet tegen mama zeggen, want dan denkt ze dat ik het vergeten ben.\n"
                "~ Zij is niet boos op één van beiden; zij is moe van opletten."
            ),
        ),
        Note(
            -97,
            "10:40",
            "visit",
            with_=("Teun",),
            minutes=35,
            why=("trust", "safety"),
            body=(
                "Teun gesproken met blokken en poppetjes. Hij bouwde twee huizen en een brug ertussen.\n"
                "@Teun: Op de brug mag je niet schreeuwen, want dan valt hij.\n"
                "@Teun: Ik heb oma's nummer in mijn hoofd. Maar ik bel niet, want dat is geheim.\n"
                "~ Hij bewaakt het geheim. Dat is te zwaar voor negen; samen met moeder zoeken naar wat hij wél mag vertellen."
            ),
        ),
        Note(
            -90,
            "11:00",
            "phone",
            with_=("Corrie",),
            minutes=40,
            why=("relation", "analysis", "norm"),
            body=(
                "Oma gebeld. Zij neemt op in de tuin, zegt ze.\n"
                "@Corrie: Zijn vader was net zo. Ik heb het toen ook niet gezien, of ik wilde het niet zien.\n"
                "@Corrie: Laat mij een kaart sturen aan de kinderen. Alleen een kaart.\n"
                "Gezegd dat een kaart via mij kan en dat ik hem eerst lees. Dat vond ze begrijpelijk."
            ),
        ),
        Note(
            -74,
            "16:10",
            "app",
            with_=("Elif",),
            minutes=10,
            why=("safety",),
            body=(
                "Elif appt dat iemand op school naar de kinderen vroeg. Directeur gebeld: het was een neef van Jeroen, hij is "
                "weggestuurd en er is niets gezegd.\n"
                "! Afspraak met school bijgesteld: niets over rooster of ophalen aan wie dan ook, twee namen mogen ophalen."
            ),
            promise=Promise(-73, "Jeroen hierop aanspreken, zonder te zeggen van wie ik het weet", done=-73),
        ),
        Note(
            -73,
            "17:45",
            "phone",
            with_=("Jeroen",),
            minutes=25,
            why=("norm", "safety"),
            body=(
                "Jeroen gebeld en gezegd dat zoeken, ook door anderen, betekent dat alles langer duurt.\n"
                "@Jeroen: Dat was niet mijn idee. Maar ik heb hem ook niet tegengehouden.\n"
                "Hij belt zijn neef zelf, vanavond. Morgen laat hij weten wat hij gezegd heeft."
            ),
        ),
        Note(
            -72,
            "17:30",
            "phone",
            with_=("Jeroen",),
            outcome="voicemail",
            why=("monitor",),
            body=("Voicemail. Ingesproken of hij terugbelt, verder niets."),
        ),
        Note(
            -60,
            "10:00",
            "meeting",
            minutes=90,
            why=("align", "plan", "position"),
            body=(
                "Overleg met politie, reclassering, jeugd- en gezinsprofessional en de begeleider van Elif. Rollen verdeeld; wie "
                "met wie praat staat op een half blad.\n"
                "! Contactverbod als bijzondere voorwaarde, proeftijd twee jaar (bron: vonnis door de reclassering voorgelezen)\n"
                "! Hulp voor Jeroen: intake bij de forensische polikliniek staat (bron: bevestigd door de polikliniek)\n"
                "Iedereen gebruikt één verhaal naar buiten: we werken aan rust, ieder apart."
            ),
        ),
        Note(
            -41,
            "18:00",
            "office",
            with_=("Jeroen",),
            minutes=60,
            why=("insight", "motivate", "evaluate"),
            body=(
                "Jeroen na zes keer polikliniek.\n"
                "@Jeroen: Ze lieten mij een lijstje maken van wat ik allemaal nakeek op een dag. Het waren er negentien. Ik dacht "
                "dat het twee waren.\n"
                "@Jeroen: Ik wil de kinderen zien op een manier dat zij het willen. Als dat een brief is, dan een brief.\n"
                "~ Dit is de eerste keer dat hij over zijn eigen gedrag praat zonder 'maar zij'."
            ),
        ),
        Note(
            -24,
            "13:00",
            "visit",
            with_=("Elif",),
            minutes=70,
            why=("safety", "evaluate", "plan"),
            body=(
                "Elif op een plek die zij koos. Veiligheid doorgenomen: telefoon, school, weekend, wat als hij er ineens staat.\n"
                "@Elif: Voor het eerst stond ik in een winkel en keek ik naar de kaas in plaats van naar de deur.\n"
                "@Elif: Brieven mag, als jij ze leest en Defne kiest of ze hem opent.\n"
                "Zij geeft haar veiligheid een 6. Wat er voor een 7 nodig is: weten dat het verbod blijft na de zomer."
            ),
            promise=Promise(-3, "Reclassering vragen of het contactverbod verlengd kan worden", done=None),
        ),
        Note(
            -9,
            "17:30",
            "office",
            with_=("Jeroen",),
            minutes=50,
            why=("monitor", "plan"),
            body=(
                "Eerste brief aan Defne en Teun samen gelezen. Twee zinnen eruit die een vraag waren naar waar en wanneer.\n"
                "@Jeroen: Ik zie het pas als u het aanwijst. Dan staat er ineens weer een hek om.\n"
                "Brief ligt nu bij mij."
            ),
        ),
        Note(
            -4,
            "15:45",
            "visit",
            with_=("Defne",),
            minutes=40,
            why=("trust", "relation"),
            body=(
                "Gevraagd wat Defne met de brief wil.\n"
                "@Defne: Ik wil hem hebben maar nog niet lezen. Kan hij bij jou in de kast?\n"
                "@Defne: Teun mag de zijne wel. Maar dan zit ik erbij.\n"
                "Zo gedaan. Moeder weet dit en vindt het goed."
            ),
            promise=Promise(0, "Teun zijn brief geven, Defne erbij", done=None),
        ),
        Note(
            -1,
            "16:30",
            "app",
            with_=("Elif",),
            outcome="no_answer",
            why=("safety",),
            body=("Gevraagd of vanmiddag schikt. Nog niet gelezen. Niet gebeld."),
            promise=Promise(6, "Veiligheid doorlopen met Elif, zes weken na de vorige keer", done=None),
        ),
    ),
)
