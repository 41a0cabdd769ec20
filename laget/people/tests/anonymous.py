"""A corpus of anonymous discussions, bokmål and nynorsk: what must pass, and what tells who it is and must not."""

PASSES = """
Et barn som ofte er trøtt og sulten, og foreldre som sier nei til samtale.
Eit barn på fire år som ikkje leikar med andre, og som grin når nokon hentar.
Barnet har blåmerker på armene. Mor sier at det faller mye.
Guten er ofte åleine i friminutta. Dei andre ber han ikkje med.
Jenta på 14 år har sluttet å komme til første time. Hun sier at hun ikke får sove.
Far lukta alkohol ved henting to gonger i haust.
Vi lurer på om vi har opplysningsplikt til barnevernet etter barnehageloven § 46.
Me lurte på om meldeplikta etter barnevernsloven § 13-2 er utløyst.
Barnevernstjenesten rådet oss til å snakke med foreldrene først.
Barnevernet sa: «Ring oss igjen hvis det skjer mer.»
PPT mener at vi bør prøve tiltak i gruppa før en henvisning.
BUP svarte at fastlegen må henvise. Helsesykepleier kan hjelpe med det.
Eleven har ADHD og får medisin. Skolen ser ingen virkning etter lunsj.
Barnet har Downs syndrom og trenger mer tid i overganger.
Har noen erfaring med Tourettes syndrom på barnetrinnet?
Foreldrene er skilt, og barnet bor annenhver uke hos hver.
Mor og far er usamde om kva barnet treng.
Storebror hentar ofte, og han er berre tretten år.
Familien har flyttet tre ganger på to år.
Bestemor passer barnet når mor er på nattevakt.
Det er uro i heimen. Naboar har høyrt roping om natta.
Barnet sier: «Jeg vil ikke hjem.»
Barnet sa «Pappa er sint» og ville ikke si mer.
Hva gjør vi når et barn forteller om vold? Vi ringte vakttelefonen 116 111.
Krisesenteret sa at vi kan ringe hele døgnet.
Politiet rådet oss til å ikke varsle foreldrene.
Statped har et kurs om alternativ kommunikasjon som kan passe.
Familievernkontoret tilbyr samtaler uten henvisning.
Vi drøftet saken med Konsultasjonsteamet 12. mars.
Konsultasjonsteam mot vald rådde oss til å melde.
Kvello-modellen ble nevnt som en måte å observere på.
De utrolige årene er et kurs som foreldre kan få tilbud om.
Foreldrerettleiinga COS-P vart tilrådd.
Vi kan bruke Marte Meo i barnehagen.
Zippys venner er i gang på trinnet.
Skolemiljøet: Vi laget en aktivitetsplan etter opplæringslova § 12-4.
Etter råd fra Statsforvalteren skrev vi et nytt vedtak.
Helsedirektoratet har en retningslinje for dette.
Utdanningsdirektoratet sin rettleiar seier at me skal undersøkje straks.
1. Snakk med barnet. 2. Noter det du ser. 3. Ta det opp med leder.
- Ta det opp i foreldresamtale
- Meld hvis det ikke blir bedre
Råd: Vent ikke. Meld.
Tema: Skolevegring. Hvem gjør hva?
Barnehagelærer og spesialpedagog var med. Leder var enig.
Vi snakket om språket. Barnet snakker somali hjemme og norsk i barnehagen.
Tolk må brukast. Søsken skal aldri tolke.
Han er redd for lyder, og tåler ikke at andre kommer nær.
Ho har gått ned i vekt, og et ikkje i kantina.
Eleven er på TikTok og Snapchat hele natta.
Spillet Fortnite tar mye tid, og Minecraft litt.
Det er 3 av 5 dager han kommer for sent, ofte rundt 09.15.
Fråværet er 32 prosent sidan skulestart 18. august.
Vi har prøvd dette i 6 uker: fast plass, kort beskjed, ros.
Kan vi dele noe med SFO uten samtykke? Nei, ikke uten at mor sier ja.
Foreldra er frå eit anna land og veit ikkje korleis NAV og helsestasjonen verkar.
Jula og Ramadan er vanskelige for barnet. Ferier er verst.
Leder sa at Taushetsplikten ikke hindrer oss i å drøfte uten navn.
Kjære alle, takk for drøftingen. Dette tar vi med oss.
Me avtalte ny drøfting i veke 14. Kontoret ringjer på tysdag.
""".strip().splitlines()

TELLS = """
Det gjelder Emil i rød gruppe.
Emil kom ikke i dag heller.
emil sin mor vil ikke snakke med oss
EMIL har slått igjen.
Mor heter Kari og er alene.
Guten heiter Sondre og går i tredje.
Familien Hansen har tre barn.
Hansens yngste er urolig.
Det er søsteren til Aisha i fjerde.
Aisha gråt hele dagen.
Barnet kalles Lillebo av alle.
Initialene er E.S. og han er fem.
E. Strand har fått vedtak før.
Vi kaller ham Mohamed i dette notatet.
Mohameds far er på sykehuset.
Jf. samtale med Ann-Mari om sønnen.
Det er O'Neil sin datter.
Zoë er redd for far.
Анна vil ikke hjem.
Åse og mannen krangler.
Det er bror til Nguyen i 7A.
Fosterbarnet hos Bakken er det.
Naboen, fru Lie, har ringt oss.
Læreren til barnet er Berit Moe.
Lærar Moe veit meir.
Jentene til prest Dahl.
Barnet går i Blåklokka barnehage.
Eleven går på Fjordvik skole.
Skulen er Nordbygda skule, 4. trinn.
Familien bor i Storgata 12.
Dei bur i Kyrkjevegen 3b.
De bor i Solbakken borettslag.
Huset ligg i Nedre Kyrkjegate, det raude.
Adressa er Øvre Torv 4, leilighet 12.
Postadressen er 6789 Fjordvik.
De har nettopp flyttet til Vestbygda.
Familien kommer fra Tromsø og bor på asylmottaket.
Mor jobber på Rema i sentrum.
Far er trener for Fjordvik IL.
Barnet er født 14.3.2020.
Fødd 3. mai 2019, berre ei veke etter broren.
Født mai 2019 og tvilling.
Fødselsdato: 190319
Barnet fyller år 17. mai 2027.
Fødselsnummer 18851850089.
Fnr 188518 50089 står i mappa.
Ring mor på 415 55 123.
Tlf. 41555123 er til far.
Telefon: +47 415 55 123
Skriv til kari.solberg@hjemme.no.
Han heter emil_strand på Snap.
Følg @emilstrand09 så ser du.
Se facebook.com/emil.strand.79
Bilen har nummer EL 12345.
Far kjører en blå Volvo, regnr AB12345.
Eigedomen er gnr. 12 bnr. 3.
Saksnummer 2026/1432 hos barnevernet.
Sjå journal 26/00417-3.
Det sa til slutt Nora, som er seks.
Stian på seks vil ikkje heim.
""".strip().splitlines()

# Written before the rule was mended on those above, and measured once afterwards.

HELD_BACK_PASSES = """
Gutten på ti år gjemmer mat i sekken.
Jenta vil ikkje dusje etter gymmen.
Vi er bekymret for et søskenpar der den eldste passer den yngste.
Helsestasjonen anbefalte hjemmebesøk.
Alarmtelefonen svarte raskt og rådet oss til å melde.
Diakonhjemmet har et kurs for ansatte.
Barnet har diagnosen Asperger, men trives i gruppa.
Mor har vore på Familierådgivinga to gonger.
Skoleåret 2026/2027 blir det ny klasse.
Se veilederen på udir.no om skolemiljø.
Foreldrene ønsker ikke at PPT kobles på.
Far sa: «Dere må ikke blande dere.»
Kan rektor melde på vegne av en lærer? Nei, plikten er personlig.
Frivilligsentralen har en gruppe for ungdom.
Røde Kors har leksehjelp på onsdager.
Me noterte dato, klokkeslett og kva barnet sa.
Vurder bruk av TRAS og Alle med.
Eleven veier lite, og spiser ikke det som er i matpakka.
I august begynte barnet å grue seg.
Barnet har vært her i 2 år og 3 måneder.
""".strip().splitlines()

HELD_BACK_TELLS = """
Marwan slår de andre barna.
jonas og ida er søsken
NORA ble hentet sent.
Olsens datter er redd.
Faren til T.H. var full.
Hun er født 7. juni.
Bursdagen er 12.4.
Snapen hennes er lille_ida.
Tekst fra instagram.com/noraelise.
De kjører en bil med skilt DN 45678.
Vedtaket har arkivsak 25/1187.
Læreren hennes, Ingrid, er bekymret.
Han er adoptert fra Colombia og går i Vestre barnehage.
Kontaktlærer i 5B er Pål.
Foreldrene driver Kiwi i bygda.
Ćazim er urolig.
Đorđe sa at han er redd.
De bor rett ved Torvet 4.
Mobil 913 45 678.
Mor er varaordfører for Senterpartiet.
""".strip().splitlines()
