"""The mother in the parking garage: the composed family of seed 002, chapter 4, told along its second client journey."""

from casusregie.demo.stories.model import Note, Promise, Someone, Story, Way

GARAGE = Story(
    slug="garage",
    name="Van Halteren",
    pattern=(
        "Verlies en geldgebrek maken een gezin dakloos. Moeder trekt zich terug uit angst haar kinderen kwijt te raken; "
        "hoe meer zij zich terugtrekt, hoe harder anderen aan haar trekken. De onveiligheid van de kinderen zit in het "
        "ontbreken van een plek, slaap en overzicht."
    ),
    violence="verwaarlozing door ontregeling",
    between="moeder en kinderen, moeder en tante",
    director="icr1@demo.example",
    intensity="orange",
    form="undecided",
    opened=-46,
    reason="Zorgen van de basisschool, besproken in het aanmeldoverleg",
    persons=(
        Someone(
            "Marianne",
            "moeder",
            surname="Roelofsen",
            partner="Halteren",
            partner_infix="van",
            name_use="partner",
            born=(38, 4, 12),
            ways=(
                Way("06 00417720", note="Bellen na 15.15 uur; dan staat zij bij school."),
                Way("06 00417721", "app", note="Appen mag altijd. Geen namen, geen plaats."),
                Way(
                    "marianne.KANARIE-Zwaluw@post.example",
                    "mail",
                    "unknown",
                    note="Account staat nog op de oude laptop die bij Germaine ligt.",
                ),
                Way(
                    "Hotel De KANARIE-Merel, Stationskade 4, kamer 21",
                    "other",
                    "yes",
                    note="Tijdelijk. Alleen de receptie in de ochtend weet dat wij langskomen.",
                    knows=("Noor", "Bram"),
                ),
            ),
        ),
        Someone(
            "Noor",
            "dochter",
            surname="Halteren",
            infix="van",
            born=(11, 9, 3),
            ways=(
                Way(
                    "Via de intern begeleider, na overleg met moeder",
                    "other",
                    "yes",
                    knows=("Marianne",),
                    confirmed=-30,
                ),
            ),
        ),
        Someone("Bram", "zoon", surname="Halteren", infix="van", born=(7, 1, 27)),
        Someone(
            "Jochem",
            "man van Marianne, vader van Noor en Bram",
            surname="Halteren",
            infix="van",
            born=(42, 6, 30),
            died=-306,
            home=False,
        ),
        Someone(
            "Germaine",
            "tante van Marianne (zus van haar moeder)",
            surname="Wiersma",
            born=(63, 11, 19),
            home=False,
            ways=(
                Way("06 00417731", note="Werkt in de ochtend. Vraagt wat er speelt: niets zeggen over het verblijf."),
            ),
        ),
        Someone(
            "Trijntje",
            "moeder van Marianne",
            surname="Wiersma",
            partner="Roelofsen",
            name_use="partner",
            born_in=66,
            home=False,
        ),
    ),
    notes=(
        Note(
            -46,
            "15:40",
            "phone",
            minutes=20,
            why=("safety", "align"),
            body=(
                "Gebeld door de intern begeleider van de basisschool. Bram viel deze week twee keer in slaap in de les. "
                "Vandaag zei hij tegen zijn juf dat ze 'in de auto bij de winkels' slapen.\n"
                "! School heeft moeder niet gesproken; de IB'er hoorde het van de juf en van Noor, die het bevestigde. "
                "Beide kinderen zijn deze maand elke dag op school geweest.\n"
                "Afgesproken: school zegt nog niets tegen moeder, morgen om 15.15 uur sta ik zelf op het plein. De IB'er "
                "stelt mij voor als iemand die meedenkt."
            ),
            promise=Promise(-45, "Om 15.15 uur op het schoolplein, moeder aanspreken", done=-45),
        ),
        Note(
            -45,
            "15:15",
            "visit",
            with_=("Marianne", "Noor", "Bram"),
            minutes=55,
            why=("trust", "safety"),
            body=(
                "Kennisgemaakt op het plein, daarna thee in de ouderkamer. Gezegd wie ik ben, van wie ik het weet en dat ik "
                "niet ben gekomen om de kinderen op te halen. Kinderen speelden in het lokaal ernaast, deur open.\n"
                "@Marianne: Ik weet hoe het klinkt, een garage. Maar daar is het droog en er brandt licht. Ik slaap niet, "
                "ik let op. Als jullie ze meenemen heb ik niets meer.\n"
                "@Marianne: Mijn tante zei dat ze het niet meer trok. Ik mocht blijven zonder de kinderen. Dat is geen keus.\n"
                "! Vier nachten in de parkeergarage onder het winkelcentrum, in de auto (zegt moeder; Noor zegt hetzelfde). "
                "Daarvoor zeven maanden bij tante.\n"
                "~ Zij is vooral uitgeput en bang voor ons. Ze geeft eerlijk antwoord als ik rustig blijf vragen."
            ),
            promise=Promise(-45, "Nog vandaag: slaapplek voor vannacht", done=-45),
        ),
        Note(
            -45,
            "16:50",
            "phone",
            minutes=25,
            why=("practical", "position"),
            body=(
                "Teamleider gebeld over vannacht. Zij geeft akkoord voor een hotel uit het maatwerkbudget, eerst een week, "
                "daarna samen bekijken. Motivering mag kort: kinderen slapen vannacht niet buiten.\n"
                "Hotel geregeld via de inkoper. Moeder ingelicht op het plein; auto kan daar staan."
            ),
        ),
        Note(
            -44,
            "09:30",
            "visit",
            with_=("Marianne",),
            minutes=80,
            why=("safety", "norm", "analysis"),
            body=(
                "Eerste lange gesprek, in het hotel, kinderen naar school. De meldcode met haar doorgelopen: wat ik zie, wat "
                "ik ervan vind, met wie ik overleg. Gezegd dat slapen in een garage voor kinderen niet veilig is en niet mag "
                "doorgaan, en dat ik geen reden zie om hen bij haar weg te halen.\n"
                "@Marianne: Sinds Jochem dood is doe ik alles half. Ik maak de post niet open. Ik weet niet eens wat we "
                "schuldig zijn.\n"
                "@Marianne: Wat ik nodig heb is een deur die van mij is. Hier, waar ze naar school gaan. De rest kan ik dan weer.\n"
                "! Aandachtsfunctionaris geraadpleegd (telefonisch, 11.20 uur): nu geen melding bij Veilig Thuis; wel elke week "
                "zicht op de kinderen en opnieuw wegen als het hotel stopt.\n"
                "~ De onveiligheid komt uit het ontbreken van een plek, geld en slaap. Of er daarnaast zorgen zijn over "
                "opvoeden kan ik pas zien als er rust is."
            ),
            promise=Promise(-39, "Weging met aandachtsfunctionaris herhalen", done=-39),
        ),
        Note(
            -41,
            "11:00",
            "phone",
            with_=("Germaine",),
            minutes=35,
            why=("analysis", "relation"),
            body=(
                "Tante Germaine gebeld, met goedvinden van Marianne. Niet gezegd waar zij nu zijn.\n"
                "@Germaine: Zeven maanden op de bank, ik heb een hart maar geen huis voor vier. Ik riep maar wat, ga dan. Ik "
                "dacht dat ze terug zou komen. Nu neemt ze niet op.\n"
                "@Germaine: Mijn zus en ik spreken elkaar al jaren niet. Misschien had ik haar moeten bellen.\n"
                "~ Zij schaamt zich en is kwaad tegelijk. Ik hoor geen onwil; ik hoor iemand die geen einde zag."
            ),
        ),
        Note(
            -40,
            "14:10",
            "office",
            with_=("Noor",),
            minutes=40,
            why=("trust", "safety", "insight"),
            body=(
                "Noor gesproken op school, in de kamer van de IB'er. Moeder weet ervan en vond het goed. Met kaartjes gewerkt: "
                "wat was fijn, wat was eng, wat moet anders.\n"
                "@Noor: In de garage mocht ik voorin. Ik moest mama wakker maken als er iemand aankwam, maar ze sliep toch al niet.\n"
                "@Noor: Ik zei op school dat we aan het verbouwen zijn. Dat was niet eens mijn idee, dat zei Bram.\n"
                "@Noor*: Niet tegen mama zeggen, maar ik heb oma een kaart gestuurd. Zonder adres. Als het weer misgaat stuur ik "
                "mijn juf het woord KANARIE-Wielewaal, dan weet ze het.\n"
                "~ Zij zorgt voor haar moeder en haar broer. Dat moet eraf, en niet door te zeggen dat het niet hoeft."
            ),
        ),
        Note(
            -39,
            "10:30",
            "visit",
            with_=("Bram",),
            minutes=30,
            why=("trust", "safety"),
            body=(
                "Bram gesproken in de klas terwijl de anderen gymden. Hij tekende de auto met vier mensen erin.\n"
                "@Bram: Papa zit achterin want daar is het donker. Hij hoeft geen gordel.\n"
                "@Bram: In het hotel is brood in een machine. En de deur kan op slot van binnen.\n"
                "! Juf: deze week niet meer in slaap gevallen."
            ),
        ),
        Note(
            -36,
            "13:00",
            "meeting",
            with_=("Marianne",),
            minutes=75,
            why=("align", "position", "plan"),
            body=(
                "Eerste keer om één tafel: Marianne, een collega van de gemeente (wonen), contactpersoon van de woningcorporatie, "
                "inkomensconsulent, jeugd- en gezinsprofessional. Vraag op tafel: wat kun jij doen zodat zij over drie maanden "
                "rustig wonen? Ieder noemde één ding.\n"
                "- corporatie: zoekt of een woning buiten de verdeling om kan, zegt binnen twee weken ja of nee\n"
                "- inkomen: uitkering met voorschot, vaste lasten op een rij\n"
                "- gemeente: hotel blijft betaald tot er een besluit over de woning ligt\n"
                "- jeugd en gezin: zelfde gezicht voor beide kinderen, eens per week op school\n"
                "@Marianne: Ik heb het hele uur niet hoeven uitleggen waarom ik daar zat. Dat is voor het eerst."
            ),
            promise=Promise(-26, "Corporatie bellen: ja of nee op de woning", done=-26),
        ),
        Note(
            -31,
            "09:15",
            "phone",
            with_=("Marianne",),
            outcome="no_answer",
            why=("monitor",),
            body=("Belde om het gesprek met de inkomensconsulent voor te bereiden. Geen gehoor."),
        ),
        Note(
            -31,
            "15:20",
            "app",
            with_=("Marianne",),
            minutes=5,
            why=("monitor",),
            body=("Appt terug dat zij sliep, voor het eerst overdag zonder wekker. Afspraak van morgen blijft staan."),
        ),
        Note(
            -26,
            "11:40",
            "phone",
            minutes=15,
            why=("align", "practical"),
            body=(
                "Contactpersoon van de corporatie: directie stemt in met een uitzondering. Eengezinswoning in de wijk van "
                "school, op te leveren over ongeveer vijf weken. Voorwaarde: vaste lasten zijn geregeld bij de sleutel.\n"
                "! Besluit staat op papier (bron: bericht aan de gemeente, vandaag ontvangen)"
            ),
        ),
        Note(
            -26,
            "15:30",
            "visit",
            with_=("Marianne", "Noor", "Bram"),
            minutes=45,
            why=("plan", "motivate"),
            body=(
                "Verteld van de woning, op het plein. Marianne moest even zitten.\n"
                "@Noor: Krijgt mama dan een eigen kamer? Zij moet een eigen kamer.\n"
                "@Bram: Mag papa's jas mee.\n"
                "Besproken wat er nu nog misgaat: moeder slaapt slecht, Noor neemt de ochtend over. De jeugdprofessional komt "
                "twee ochtenden mee naar school."
            ),
        ),
        Note(
            -15,
            "10:00",
            "visit",
            with_=("Marianne",),
            minutes=60,
            why=("safety", "evaluate", "insight"),
            body=(
                "Evaluatie na zes weken. Gevraagd wat er rustiger is en wat niet.\n"
                "@Marianne: De dagen gaan. De nachten niet. Ik hoor hem de trap op komen, en er is hier geen trap.\n"
                "@Marianne: Ik wil hulp bij het opvoeden, zolang niemand doet alsof ik het niet kan.\n"
                "@Marianne*: Ik heb in de garage een keer gedacht dat het klaar mocht zijn. Nu niet meer. Als het terugkomt app "
                "ik jou KANARIE-Kievit en meer niet.\n"
                "! Huisarts verwijst naar de ggz; de praktijkondersteuner ziet haar tot die tijd wekelijks (briefje gezien). Hoe het met haarzelf "
                "gaat is met de praktijkondersteuner besproken, zij zat erbij.\n"
                "~ Het rouwen begint nu er een dak komt. Dat is te verwachten en hoeft de kinderen niet te ontregelen als er "
                "iemand naast haar staat."
            ),
            promise=Promise(-1, "Ggz bellen: kan zij eerder terecht?", done=None),
        ),
        Note(
            -6,
            "14:00",
            "phone",
            with_=("Germaine",),
            minutes=30,
            why=("relation", "mediate"),
            body=(
                "Germaine belde zelf. Zij wil helpen met inrichten.\n"
                "@Germaine: Ik hoef geen bedankje en ik ga geen sleutel vragen. Ik kan behangen, dat is wat ik kan.\n"
                "Afgesproken dat ik het aan Marianne voorleg en dat zij het tempo bepaalt."
            ),
            promise=Promise(0, "Marianne vragen: wil zij dat Germaine helpt met inrichten?", done=None),
        ),
        Note(
            -2,
            "09:45",
            "visit",
            with_=("Marianne",),
            minutes=50,
            why=("plan", "practical", "monitor"),
            body=(
                "Sleuteloverdracht voorbereid. Inkomensconsulent was erbij met het overzicht van de vaste lasten: huur, energie "
                "en verzekering lopen vanaf de eerste van de maand automatisch.\n"
                "@Marianne: Ik heb gisteren een envelop opengemaakt. Eén. Maar toch.\n"
                "Lotgenotengroep voor jonge weduwen en weduwnaars: zij wil eerst een keer kijken, ik ga mee."
            ),
            promise=Promise(8, "Mee naar de eerste avond van de lotgenotengroep", done=None),
        ),
    ),
)
