// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/sampletexts.h"

namespace Earshot {

namespace {

QList<SampleTopic> germanTopics()
{
    return {
        {u"shipping",
         false,
         {u"Lieferung dauert ewig", u"Versand mangelhaft", u"Paket verschollen"},
         {u"Mein {product} sollte vor {days} Tagen ankommen. In der Sendungsverfolgung tut sich nichts.",
          u"Bestellung {order} hängt seit Tagen in {city} fest. Könnt ihr mal nachsehen?",
          u"Laut Bote liegt das Paket beim Nachbarn. Der weiß aber von nichts. Bestellung {order}.",
          u"Express bezahlt, {days} Tage gewartet, und dann ist ein fremder {product} in der Schachtel.",
          u"Kann ich die Adresse von {order} noch ändern? Wir ziehen nächste Woche nach {city}.",
          u"Heute kam die halbe Lieferung, {part} fehlt. Auf dem Lieferschein ist alles abgehakt."},
         {u"Das tut uns leid, {name}. Ich habe beim Paketdienst nach {order} gefragt und melde mich, sobald es eine "
          u"Antwort gibt.",
          u"Danke für den Hinweis. Der Ersatz geht heute raus, du musst nichts weiter tun.",
          u"Das darf nicht passieren. Magst du uns die Nummer auf dem Aufkleber schicken? Dann finden wir es.",
          u"Das Paket wurde heute früh in {city} gescannt und müsste morgen bei dir sein."}},
        {u"hardware",
         false,
         {u"Nach {days} Tagen kaputt", u"Gute Idee, schwach gebaut", u"Leider enttäuscht"},
         {u"Mein {product} klappert seit gestern. Es klingt, als wäre {part} locker.",
          u"Der {product} geht nach etwa {days} Minuten von selbst aus. Andere Steckdose hilft nicht.",
          u"Ist es normal, dass {part} beim {product} so heiß wird? Man kann ihn kaum anfassen.",
          u"Am zweiten Tag ist {part} abgebrochen, ganz ohne Gewalt.",
          u"Seit dem Stromausfall heute Nacht blinkt mein {product} nur noch dreimal rot.",
          u"Die Anzeige meines {product} hat einen dunklen Strich von oben bis unten."},
         {u"Das klingt nicht gut, {name}. Halte bitte den Knopf zehn Sekunden gedrückt und sag uns, was das Licht "
          u"dann macht.",
          u"Das ist ein Garantiefall. Wir schicken dir Ersatz, das alte Teil kannst du behalten.",
          u"Kannst du uns ein Foto der Seriennummer schicken? Sie steht auf der Unterseite.",
          u"Dreimal rot heißt, dass {part} nicht richtig sitzt. Auf der Hilfeseite steht, wie man das behebt."}},
        {u"refund",
         false,
         {u"Warte auf mein Geld", u"Rückgabe umständlich"},
         {u"Der {product} ist seit {days} Tagen wieder bei euch, das Geld noch nicht bei mir. Bestellung {order}.",
          u"Wie gebe ich einen {product} zurück? Das Formular sagt nur „Etwas ist schiefgelaufen“.",
          u"Bei {order} fehlt in der Gutschrift der Versand.",
          u"{order} nach einer Stunde storniert und trotzdem abgebucht. Ich hätte gern mein Geld zurück.",
          u"Euer Laden hat mir einen {product} zweimal berechnet."},
         {u"Die Rücksendung von {order} ist da, {name}. Das Geld ist seit heute früh unterwegs, das dauert bis zu drei "
          u"Tage.",
          u"Stimmt, das war unser Fehler. Der Rest ist unterwegs.",
          u"Die zweite Buchung habe ich zurückgenommen. Je nach Bank ist sie morgen weg.",
          u"Hier ist ein Etikett, das funktioniert. Den Fehler im Formular haben wir weitergegeben."}},
        {u"bug",
         false,
         {u"Die App verdirbt alles", u"Seit dem Update schlechter"},
         {u"Seit dem letzten Update vergisst die App jeden Morgen meinen {product}.",
          u"Die App zeigt eine leere Seite, sobald ich die Einstellungen vom {product} öffne.",
          u"Seit der Zeitumstellung geht die Schaltuhr vom {product} eine Stunde falsch.",
          u"Das Firmware-Update bleibt immer bei 73 % stehen. {product}, gekauft in {city}.",
          u"Eure App will meinen Standort wissen, obwohl ich das abgeschaltet habe. Warum?",
          u"Das Tablet findet den {product}, das Telefon nicht. Früher war es andersherum."},
         {u"Danke für den Hinweis, {name}. Wir konnten es nachstellen, die nächste Version behebt es.",
          u"Bitte entferne den {product} aus der App und füge ihn neu hinzu. Das hilft meistens.",
          u"Welche Version der App hast du? Das steht ganz unten in den Einstellungen.",
          u"Während des Updates sollte der {product} höchstens zwei Meter vom Router stehen. Probierst du das mal?"}},
        {u"feature",
         false,
         {u"Fast perfekt", u"Eine Sache fehlt"},
         {u"Ich wünsche mir einen Nachtmodus für den {product}. Im Schlafzimmer ist das Licht viel zu hell.",
          u"Gibt es den {product} irgendwann so, dass man {part} selbst tauschen kann?",
          u"Bitte mehr als fünf Schaltzeiten! Mit Kindern ist das nichts.",
          u"Könnte der {product} anzeigen, wie viel Strom er braucht? Das wäre schön.",
          u"Ein leiser Betrieb zwischen zehn und sechs, und der {product} wäre perfekt."},
         {u"Schöne Idee, {name}! Sie steht auf der Liste für die nächste Ausgabe.",
          u"Das geht schon, ist aber versteckt: beide Knöpfe fünf Sekunden drücken.",
          u"Versprechen können wir nichts, aber du bist nicht allein damit, und wir haben es weitergegeben."}},
        {u"praise",
         true,
         {u"Ich liebe ihn", u"Bester Kauf des Jahres", u"Tut, was er soll", u"Gerne wieder"},
         {u"Mein {product} läuft seit {days} Monaten ohne Mucken. Das muss man auch mal sagen.",
          u"Der {product} ist das Erste in dieser Wohnung, das einfach funktioniert. Danke!",
          u"Wegen {part} angerufen, zwei Tage später war Ersatz da. So geht Kundendienst.",
          u"Habe einen zweiten {product} für meine Eltern in {city} gekauft. Die sind auch begeistert.",
          u"Leise, stabil, leicht zu reinigen. Der {product} war jeden Cent wert.",
          u"In der Schachtel vom {product} lag eine handgeschriebene Karte. Das hat mich sehr gefreut."},
         {u"Das freut uns riesig, {name}. Danke!", u"Schön zu hören. Grüße nach {city}!"}},
        {u"question",
         false,
         {u"Gut, aber erst die Anleitung lesen", u"Fragen bleiben offen"},
         {u"Passt {part} vom alten {product} auch beim neuen?",
          u"Darf der {product} draußen stehen, auf einem überdachten Balkon?",
          u"Wie oft muss man {part} reinigen? In der Anleitung steht nur „regelmäßig“.",
          u"Gibt es in {city} ein Geschäft, in dem man den {product} ansehen kann?",
          u"Welchen {product} würdet ihr für {days} Quadratmeter nehmen?",
          u"Wo finde ich die Anleitung vom {product} als Datei?"},
         {u"Ja, das passt, {name}. Du brauchst nur den kleinen Zwischenring, der liegt bei.",
          u"Einmal im Monat reicht, mit Haustieren etwas öfter.",
          u"Der kleinere genügt. Du kannst ihn 60 Tage lang zurückgeben, falls nicht.",
          u"Die liegt auf der Hilfeseite unter Dokumente, ganz unten."}},
    };
}

} // namespace

const SampleLanguage &germanTexts()
{
    static const SampleLanguage texts{
        germanTopics(),
        {u"Habt ihr eine Idee?", u"Ich habe ihn seit {days} Wochen.", u"Das ist schon das zweite Mal.",
         u"Auf meine Mail von letzter Woche kam keine Antwort.", u"Gekauft in {city}, die Rechnung habe ich noch.",
         u"Ich bin nicht sauer, nur müde.", u"Was kann ich tun?", u"Sonst ein feines Gerät.",
         u"Die Bestellnummer ist {order}, falls ihr sie braucht."},
        {u"Habe ich probiert, ändert nichts.", u"Einen Tag ging es, jetzt ist es wieder wie vorher.",
         u"Danke, aber der Link führt ins Leere.", u"Das Foto ist unterwegs. Ist es angekommen?",
         u"Und wie lange dauert das?", u"Die Nummer auf der Unterseite ist {order}.",
         u"Den letzten Schritt verstehe ich leider nicht.", u"Ich warte immer noch, {days} Tage später."},
        {u"Das tut uns leid. Dann tauschen wir ihn um: das Etikett kommt per Mail.",
         u"Danke fürs Probieren, {name}. Ich gebe es an eine Kollegin weiter, die den {product} besser kennt als ich.",
         u"Ist angekommen, danke. Bis morgen Mittag weißt du mehr.",
         u"Noch einmal anders: erst den Deckel auf, dann {part} andrücken, bis es klickt."},
        {u"Danke, das hat geholfen!", u"Läuft wieder. Danke für die schnelle Antwort!",
         u"Perfekt, das Paket ist gerade gekommen.", u"Toller Service, wirklich.", u"Danke {agent}, alles wieder gut."},
        {u"Bei mir übrigens auch, seit letzter Woche.", u"Hast du {part} schon mal andersherum eingesetzt?",
         u"Hatte ich auch, ich habe einen neuen bekommen.", u"Das interessiert mich auch.",
         u"Meiner läuft, wird wohl ein Montagsgerät sein."},
        {u"Lena",  u"Paul",     u"Marie", u"Felix", u"Anna",  u"Moritz", u"Clara", u"Ben",   u"Sabine", u"Jürgen",
         u"Aylin", u"Matthias", u"Greta", u"Emil",  u"Heike", u"Tobias", u"Nadja", u"Björn", u"Käthe",  u"Yusuf"},
        {u"Hoffmann", u"Schäfer", u"Krüger", u"Yılmaz", u"Vogel", u"Weiß", u"Brandt", u"Kühn", u"Lindner", u"Sommer",
         u"Petersen", u"Groß", u"Albrecht", u"Jansen", u"Böhm", u"Wagner", u"Köhler", u"Roth"},
        {u"Leipzig", u"Hamburg", u"Graz", u"Köln", u"Zürich", u"Münster", u"Dresden", u"Linz"},
        {u"das Sieb", u"das Scharnier", u"das Netzteil", u"das Lüfterrad", u"das Gehäuse", u"das Kabel"},
        {u"Der neue ThinkTower 9 ist da", u"So testen wir den AeroPump", u"Aus der Werkstatt: Scharniere",
         u"Was mit Rücksendungen geschieht", u"Die Lumio lernt dimmen", u"Ersatzteile, zehn Jahre lang"},
        {{u"Danke", u"Danke für die netten Worte, {first name}! Wir geben sie weiter."},
         {u"Foto vom Aufkleber", u"Magst du uns ein Foto vom Aufkleber schicken, {first name}? Er ist auf der "
                                 u"Unterseite."},
         {u"Lieferung verspätet", u"Entschuldige die Wartezeit, {first name}. Schick uns bitte die Bestellnummer in "
                                  u"einer privaten Nachricht: dann fragen wir beim Paketdienst nach."}},
    };
    return texts;
}

} // namespace Earshot
