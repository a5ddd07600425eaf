// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/emoji.h"

#include <QStringView>

namespace Earshot {

namespace {

struct NamedEmoji
{
    QStringView english;
    QStringView text;
    QStringView german;
};

constexpr NamedEmoji known[] = {
    {u"smile", u"😄", u"lächeln"},
    {u"grin", u"😁", u"grinsen"},
    {u"joy", u"😂", u"freudentränen"},
    {u"slightly_smiling", u"🙂", u"freundlich"},
    {u"wink", u"😉", u"zwinkern"},
    {u"blush", u"😊", u"erröten"},
    {u"heart", u"❤️", u"herz"},
    {u"thumbsup", u"👍", u"daumenhoch"},
    {u"thumbsdown", u"👎", u"daumenrunter"},
    {u"heart_eyes", u"😍", u"verliebt"},
    {u"kiss", u"😘", u"kuss"},
    {u"sunglasses", u"😎", u"sonnenbrille"},
    {u"thinking", u"🤔", u"nachdenken"},
    {u"neutral", u"😐", u"neutral"},
    {u"sad", u"😢", u"traurig"},
    {u"cry", u"😭", u"weinen"},
    {u"sweat_smile", u"😅", u"verlegen"},
    {u"disappointed", u"😞", u"enttäuscht"},
    {u"worried", u"😟", u"besorgt"},
    {u"confused", u"😕", u"verwirrt"},
    {u"angry", u"😠", u"wütend"},
    {u"scream", u"😱", u"entsetzt"},
    {u"flushed", u"😳", u"überrascht"},
    {u"tired", u"😴", u"müde"},
    {u"sick", u"🤒", u"krank"},
    {u"hug", u"🤗", u"umarmung"},
    {u"shrug", u"🤷", u"achselzucken"},
    {u"facepalm", u"🤦", u"stirnklatscher"},
    {u"party", u"🥳", u"party"},
    {u"clap", u"👏", u"applaus"},
    {u"wave", u"👋", u"winken"},
    {u"pray", u"🙏", u"bitte"},
    {u"handshake", u"🤝", u"handschlag"},
    {u"ok_hand", u"👌", u"okay"},
    {u"muscle", u"💪", u"stark"},
    {u"point_right", u"👉", u"rechts"},
    {u"point_left", u"👈", u"links"},
    {u"point_up", u"👆", u"hoch"},
    {u"point_down", u"👇", u"runter"},
    {u"fingers_crossed", u"🤞", u"daumendrücken"},
    {u"raised_hands", u"🙌", u"jubel"},
    {u"eyes", u"👀", u"augen"},
    {u"broken_heart", u"💔", u"herzschmerz"},
    {u"two_hearts", u"💕", u"herzen"},
    {u"sparkles", u"✨", u"funkeln"},
    {u"star", u"⭐", u"stern"},
    {u"fire", u"🔥", u"feuer"},
    {u"tada", u"🎉", u"feiern"},
    {u"balloon", u"🎈", u"ballon"},
    {u"gift", u"🎁", u"geschenk"},
    {u"cake", u"🎂", u"torte"},
    {u"trophy", u"🏆", u"pokal"},
    {u"medal", u"🏅", u"medaille"},
    {u"hundred", u"💯", u"hundert"},
    {u"rocket", u"🚀", u"rakete"},
    {u"bulb", u"💡", u"idee"},
    {u"check", u"✅", u"erledigt"},
    {u"cross", u"❌", u"falsch"},
    {u"warning", u"⚠️", u"achtung"},
    {u"question", u"❓", u"frage"},
    {u"exclamation", u"❗", u"ausrufezeichen"},
    {u"info", u"ℹ️", u"info"},
    {u"stop", u"🛑", u"stopp"},
    {u"construction", u"🚧", u"baustelle"},
    {u"hourglass", u"⏳", u"sanduhr"},
    {u"clock", u"🕒", u"uhr"},
    {u"alarm", u"⏰", u"wecker"},
    {u"calendar", u"📅", u"kalender"},
    {u"pin", u"📌", u"stecknadel"},
    {u"link", u"🔗", u"link"},
    {u"lock", u"🔒", u"schloss"},
    {u"unlock", u"🔓", u"offen"},
    {u"key", u"🔑", u"schlüssel"},
    {u"mail", u"📧", u"mail"},
    {u"inbox", u"📥", u"eingang"},
    {u"package", u"📦", u"paket"},
    {u"truck", u"🚚", u"lieferung"},
    {u"phone", u"📞", u"telefon"},
    {u"mobile", u"📱", u"handy"},
    {u"computer", u"💻", u"rechner"},
    {u"printer", u"🖨️", u"drucker"},
    {u"camera", u"📷", u"kamera"},
    {u"battery", u"🔋", u"batterie"},
    {u"plug", u"🔌", u"stecker"},
    {u"tools", u"🛠️", u"werkzeug"},
    {u"wrench", u"🔧", u"schraubenschlüssel"},
    {u"gear", u"⚙️", u"zahnrad"},
    {u"magnifier", u"🔍", u"lupe"},
    {u"megaphone", u"📣", u"megafon"},
    {u"speech", u"💬", u"sprechblase"},
    {u"memo", u"📝", u"notiz"},
    {u"book", u"📖", u"buch"},
    {u"chart", u"📈", u"wachstum"},
    {u"chart_down", u"📉", u"rückgang"},
    {u"money", u"💶", u"geld"},
    {u"credit_card", u"💳", u"karte"},
    {u"cart", u"🛒", u"einkaufswagen"},
    {u"coffee", u"☕", u"kaffee"},
    {u"tea", u"🍵", u"tee"},
    {u"beer", u"🍺", u"bier"},
    {u"pizza", u"🍕", u"pizza"},
    {u"apple", u"🍎", u"apfel"},
    {u"sun", u"☀️", u"sonne"},
    {u"cloud", u"☁️", u"wolke"},
    {u"rain", u"🌧️", u"regen"},
    {u"snow", u"❄️", u"schnee"},
    {u"rainbow", u"🌈", u"regenbogen"},
    {u"umbrella", u"☔", u"regenschirm"},
    {u"tree", u"🌳", u"baum"},
    {u"christmas", u"🎄", u"weihnachtsbaum"},
    {u"flower", u"🌸", u"blume"},
    {u"clover", u"🍀", u"glücksklee"},
    {u"dog", u"🐶", u"hund"},
    {u"cat", u"🐱", u"katze"},
    {u"bug", u"🐛", u"fehler"},
    {u"robot", u"🤖", u"roboter"},
    {u"house", u"🏠", u"haus"},
    {u"office", u"🏢", u"büro"},
    {u"train", u"🚆", u"zug"},
    {u"car", u"🚗", u"auto"},
    {u"plane", u"✈️", u"flugzeug"},
    {u"bike", u"🚲", u"fahrrad"},
    {u"world", u"🌍", u"welt"},
    {u"music", u"🎵", u"musik"},
    {u"recycle", u"♻️", u"wiederverwerten"},
    {u"ghost", u"👻", u"geist"},
};

} // namespace

QList<Emoji::Entry> Emoji::entries(const QLocale &locale)
{
    const bool isGerman = locale.language() == QLocale::German;
    QList<Entry> list;
    for (const NamedEmoji &one : known) {
        if (isGerman)
            list.append({one.german.toString(), one.text.toString()});
        if (!isGerman || one.german != one.english)
            list.append({one.english.toString(), one.text.toString()});
    }
    return list;
}

} // namespace Earshot
