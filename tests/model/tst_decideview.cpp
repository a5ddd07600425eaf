// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keptversion.h"
#include "tests/model/situation.h"

#include <QTest>

using namespace Earshot;

namespace {

const Given asLead = actorIs(Role::lead);

Act::PinNotice storm()
{
    Act::PinNotice pin;
    pin.text = QStringLiteral("  We know of the storm \n");
    pin.until = later;
    return pin;
}

} // namespace

/// The rules for shared views and for notices.
class DecideViewTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void views_data();
    void views() { checkSituation(); }
    void whatItWasBasedOn_data();
    void whatItWasBasedOn() { checkSituation(); }
    void ofTagsMadeHereNothingIsKnown();
    void order_data();
    void order() { checkSituation(); }
    void notices_data();
    void notices() { checkSituation(); }
    void whatHasRunOutIsNotPinnedAgain();
    void hiddenChannelsNoticeDoesNotExist();
};

void DecideViewTest::views_data()
{
    addSituationColumns();
    const ViewContent lamps = viewNamed(QStringLiteral("Lamps"));
    const auto save = [](ViewId id, const ViewContent &view) { return situation(Act::SaveView{id, view}, asLead); };
    addSituation("new", save({}, lamps), applied({Change::ViewRow{{}, lamps}}));
    addSituation("by an agent", situation(Act::SaveView{{}, lamps}), refused(RefusalKind::permission));
    addSituation("edited", save(hardware, lamps), applied({Change::ViewRow{hardware, lamps}}));
    addSituation("as it is", save(hardware, viewNamed(QStringLiteral("Hardware"))), alreadySo());
    addSituation("unknown", save(ViewId(99), lamps), refused(RefusalKind::notFound));
    addSituation("without a name", save({}, viewNamed(QStringLiteral(" "))), refused(RefusalKind::invalid));
    addSituation("of a known name", save({}, viewNamed(QStringLiteral("hardWARE "))),
                 refused(RefusalKind::notPossible));
    addSituation("another case of its own name", save(hardware, viewNamed(QStringLiteral("hardWARE "))),
                 applied({Change::ViewRow{hardware, viewNamed(QStringLiteral("hardWARE"))}}));

    ViewContent messy = lamps;
    messy.name = QStringLiteral("  Lamps\n");
    messy.filter.statuses = {Status::snoozed, Status::open, Status::open};
    messy.filter.channels = {ChannelId(9), ChannelId(2), ChannelId(9)};
    messy.filter.networks = {Network::bluesky, Network::mastodon, Network::bluesky};
    messy.filter.waitsLonger = std::chrono::minutes(89) + Duration(1);
    messy.filter.agent = mira;
    ViewContent tidy = lamps;
    tidy.filter.statuses = {Status::open, Status::snoozed};
    tidy.filter.channels = {ChannelId(2), ChannelId(9)};
    tidy.filter.networks = {Network::mastodon, Network::bluesky};
    tidy.filter.waitsLonger = std::chrono::minutes(90);
    addSituation("is tidied", save({}, messy), applied({Change::ViewRow{{}, tidy}}));

    // By a program that knows nothing of networks: it clears none.
    const auto saveOld = [&save](ViewId id, const ViewContent &view) {
        ViewContent old = view;
        old.filter.isOlder = true;
        Situation one = save(id, old);
        one.facts.views.first().content.filter.networks = {Network::mastodon};
        one.facts.views.first().content.filter.waitsLonger = std::chrono::minutes(90);
        return one;
    };
    ViewContent renamed = lamps;
    renamed.filter.networks = {Network::mastodon};
    renamed.filter.waitsLonger = std::chrono::minutes(90);
    addSituation("renamed by an older program", saveOld(hardware, lamps),
                 applied({Change::ViewRow{hardware, renamed}}));
    addSituation("new by an older program", saveOld({}, lamps), applied({Change::ViewRow{{}, lamps}}));
    addSituation("as it is by an older program", saveOld(hardware, viewNamed(QStringLiteral("Hardware"))), alreadySo());
    ViewContent searched;
    searched.name = QStringLiteral("Lamps");
    searched.search = QStringLiteral("is:open lamp");
    addSituation("made a search by an older program", saveOld(hardware, searched),
                 applied({Change::ViewRow{hardware, searched}}));
    addSituation("new search by an older program", saveOld({}, searched), applied({Change::ViewRow{{}, searched}}));

    ViewContent contradiction = lamps;
    contradiction.filter.tags = {tag};
    contradiction.filter.withoutTags = {TagId(1), tag};
    addSituation("with and without a tag", save({}, contradiction), refused(RefusalKind::invalid));
    ViewContent patient = lamps;
    patient.filter.waitsLonger = std::chrono::days(366);
    addSituation("of what waits for years", save({}, patient), refused(RefusalKind::invalid));
    patient.filter.waitsLonger = Duration::max();
    addSituation("of what waits for ever", save({}, patient), refused(RefusalKind::invalid));
    patient.filter.waitsLonger = -std::chrono::hours(1);
    addSituation("of what waits for less than nothing", save({}, patient), refused(RefusalKind::invalid));
    ViewContent ofNobody = lamps;
    ofNobody.filter.owner = ViewFilter::Owner::agent;
    addSituation("of an agent who is not named", save({}, ofNobody), refused(RefusalKind::invalid));
    ViewContent search;
    search.name = QStringLiteral("Storm");
    search.search = QStringLiteral("is:open  storm ");
    ViewContent kept = search;
    kept.search = QStringLiteral("is:open storm");
    addSituation("search", save({}, search), applied({Change::ViewRow{{}, kept}}));
    search.filter.statuses = {Status::open};
    addSituation("search with a filter beside it", save({}, search), refused(RefusalKind::invalid));

    addSituation("removed", situation(Act::RemoveView{hardware}, asLead), applied({Change::ViewEnd{hardware}}));
    addSituation("removed by an agent", situation(Act::RemoveView{hardware}), refused(RefusalKind::permission));
    addSituation("removed already", situation(Act::RemoveView{ViewId(99)}, asLead), refused(RefusalKind::notFound));
}

void DecideViewTest::whatItWasBasedOn_data()
{
    addSituationColumns();
    const ViewContent lamps = viewNamed(QStringLiteral("Lamps"));
    const QString was = versionOf(viewNamed(QStringLiteral(" Hardware ")));
    const auto others = [](Situation &given) {
        given.facts.views.first().content.filter.networks = {Network::mastodon};
    };
    const Act::SaveView save{hardware, lamps, was};
    const Expected saved = applied({Change::ViewRow{hardware, lamps}});
    addSituation("on what it is", situation(save, asLead), saved);
    addSituation("another lead was faster", situation(save, all({asLead, others})), refused(RefusalKind::changed));
    addSituation("all the same", situation(save, all({asLead, others, forced})), saved);
    addSituation("not known on what", situation(Act::SaveView{hardware, lamps}, all({asLead, others})), saved);
    const auto alike = [lamps](Situation &given) { given.facts.views.first().content = lamps; };
    addSituation("both wrote the same", situation(save, all({asLead, alike})), alreadySo());
    const Act::RemoveView removal{hardware, was};
    const Expected removed = applied({Change::ViewEnd{hardware}});
    addSituation("removed as it was", situation(removal, asLead), removed);
    addSituation("removed after another lead was faster", situation(removal, all({asLead, others})),
                 refused(RefusalKind::changed));
    addSituation("removed all the same", situation(removal, all({asLead, others, forced})), removed);
    addSituation("removed, not known as what", situation(Act::RemoveView{hardware}, all({asLead, others})), removed);
}

/// By the server's ids: what has none there cannot be compared.
void DecideViewTest::ofTagsMadeHereNothingIsKnown()
{
    ViewContent view = viewNamed(QStringLiteral("Fresh"));
    view.filter.tags = {TagId(5)};
    QCOMPARE(versionOf(view).size(), 16);
    view.filter.withoutTags = {TagId(firstForecastId)};
    QCOMPARE(versionOf(view), QString());
}

void DecideViewTest::order_data()
{
    addSituationColumns();
    const ViewId third(13);
    const Given three = all({asLead, [third](Situation &given) {
                                 given.facts.views.append({third, viewNamed(QStringLiteral("Third"))});
                             }});
    const auto move = [three](ViewId view, ViewId before) { return situation(Act::MoveView{view, before}, three); };
    const auto order = [](const QList<ViewId> &views) { return applied({Change::ViewOrder{views}}); };
    addSituation("to the end", move(hardware, {}), order({late, third, hardware}));
    addSituation("one down", move(hardware, third), order({late, hardware, third}));
    addSituation("to the top", move(third, hardware), order({third, hardware, late}));
    addSituation("where it is", move(hardware, late), alreadySo());
    addSituation("last to the end", move(third, {}), alreadySo());
    addSituation("before itself", move(late, late), alreadySo());
    addSituation("unknown", move(ViewId(99), late), refused(RefusalKind::notFound));
    addSituation("before an unknown one", move(late, ViewId(99)), refused(RefusalKind::notFound));
}

void DecideViewTest::notices_data()
{
    addSituationColumns();
    const auto pin = [](const Act::PinNotice &wish) { return situation(wish, asLead); };
    const auto made = [](Act::PinNotice wish) {
        wish.text = QStringLiteral("We know of the storm");
        return applied({Change::NewNotice{wish}});
    };
    addSituation("everywhere", pin(storm()), made(storm()));
    addSituation("by an agent", situation(storm()), refused(RefusalKind::permission));
    for (int place = 0; place < 4; ++place) {
        Act::PinNotice wish = storm();
        if (place == 0)
            wish.channel = channel;
        else if (place == 1)
            wish.tag = tag;
        else if (place == 2)
            wish.view = hardware;
        else
            wish.list = View::unassigned;
        addSituation(qPrintable(QStringLiteral("place %1").arg(place)), pin(wish), made(wish));
    }
    Act::PinNotice two = storm();
    two.tag = tag;
    two.channel = channel;
    addSituation("two places", pin(two), refused(RefusalKind::invalid));
    Act::PinNotice nowhere = storm();
    nowhere.list = View::contact;
    addSituation("a list that is not always there", pin(nowhere), refused(RefusalKind::invalid));
    Act::PinNotice gone = storm();
    gone.tag = tag;
    addSituation("a tag that is not there",
                 situation(gone, all({asLead, [](Situation &given) { given.facts.isKnownPlace = false; }})),
                 refused(RefusalKind::notFound));
    Act::PinNotice past = storm();
    past.until = now;
    addSituation("until a past time", pin(past), refused(RefusalKind::invalid));
    Act::PinNotice empty = storm();
    empty.text = QStringLiteral(" \n");
    addSituation("without text", pin(empty), refused(RefusalKind::invalid));
    Act::PinNotice book = storm();
    book.text = QString(401, QLatin1Char('x'));
    addSituation("a book", pin(book), refused(RefusalKind::invalid));
    addSituation("taken off", situation(Act::UnpinNotice{notice}, asLead), applied({Change::NoticeEnd{notice}}));
    addSituation("taken off by an agent", situation(Act::UnpinNotice{notice}), refused(RefusalKind::permission));
}

void DecideViewTest::whatHasRunOutIsNotPinnedAgain()
{
    const Situation given = situation(Act::UnpinNotice{notice},
                                      all({asLead, [](Situation &old) { old.facts.notice->pinned.until = earlier; }}));
    const Verdict verdict = given.decided();
    QVERIFY(verdict);
    QVERIFY(!verdict->inverse);
}

void DecideViewTest::hiddenChannelsNoticeDoesNotExist()
{
    const auto isHidden = [](Situation &given) {
        given.facts.notice->channel = channel;
        given.actor.hiddenChannels = {channel};
    };
    const Situation given = situation(Act::UnpinNotice{notice}, all({asLead, isHidden}));
    QCOMPARE(difference(given.decided(), refused(RefusalKind::notFound)), QString());
}

QTEST_APPLESS_MAIN(DecideViewTest)
#include "tst_decideview.moc"
