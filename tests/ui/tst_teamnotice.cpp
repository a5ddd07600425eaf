// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/noticebar.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QTest>
#include <QToolButton>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// A lead pins a text for a team: it stands above the team's queue, and above the composer where the team answers.
class TeamNoticeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void standsAboveTheQueueAndItsComposers();
    void isChosenWhereverOneIs();
    void noticeOfOneChannelIsNotTheTeams();
    void isTakenOffAndUndoneAtOnce();
    void noticeOfATagGoesWithTheTag();

private:
    void goTo(const QString &list);
    /// By the dialog. @param place what is chosen there; empty = what is proposed
    void pin(const QString &text, const QString &place = {});
    [[nodiscard]] QString notices(const char *bar) const
    {
        const auto *found = m_world->find<NoticeBar>(bar);
        return found && found->isVisible() ? found->text() : QString();
    }
    void showOneOf(ChannelId channel);

    std::unique_ptr<WindowWorld> m_world;
    QList<ChannelRecord> m_ofTeam;
    ChannelRecord m_other;
};

void TeamNoticeTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    const QList<ChannelRecord> channels = m_world->window().roster().channels();
    m_ofTeam = {channels.at(0), channels.at(2)};
    m_other = channels.at(1);
    const TeamId team(m_world->act(Act::AddTeam{u"Night"_s}).created);
    for (const ChannelRecord &channel : std::as_const(m_ofTeam))
        QVERIFY(m_world->act(Act::SetChannelTeam{channel.id, team}).isApplied());
    const auto areTheirs = [&] {
        const auto &all = m_world->window().roster().channels();
        return std::count_if(all.cbegin(), all.cend(), [team](const ChannelRecord &one) { return one.team == team; }) ==
               m_ofTeam.size();
    };
    QTRY_VERIFY(areTheirs());
}

void TeamNoticeTest::goTo(const QString &list)
{
    auto *views = m_world->find<QAbstractItemView>("views");
    QModelIndex row;
    const auto isThere = [&] {
        const auto found =
            views->model()->match(views->model()->index(0, 0), Qt::DisplayRole, list, 1, Qt::MatchExactly);
        row = found.value(0);
        return row.isValid();
    };
    QTRY_VERIFY2(isThere(), qPrintable(list));
    views->setCurrentIndex(row);
    QTRY_COMPARE(m_world->textOf("viewTitle"), list);
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
}

void TeamNoticeTest::pin(const QString &text, const QString &place)
{
    QVERIFY(m_world->window().commands().trigger(u"notice.pin"_s));
    QTRY_VERIFY(m_world->widget("noticeText") && m_world->widget("noticeText")->hasFocus());
    auto *places = m_world->find<QComboBox>("noticePlace");
    if (!place.isEmpty())
        places->setCurrentIndex(places->findText(place));
    QVERIFY2(places->currentIndex() >= 0, qPrintable(place));
    m_world->type(text);
    m_world->press(u"Alt+P"_s);
    QTRY_VERIFY(!m_world->widget("noticeText") || !m_world->widget("noticeText")->isVisible());
}

void TeamNoticeTest::showOneOf(ChannelId channel)
{
    m_world->press(u"Ctrl+8"_s);
    QTRY_COMPARE(m_world->list().query().view, View::all);
    QVERIFY(m_world->show([channel](const ConversationRecord &one) { return one.channel == channel; }).isValid());
}

void TeamNoticeTest::standsAboveTheQueueAndItsComposers()
{
    goTo(u"Night"_s);
    QVERIFY(m_world->window().commands().trigger(u"notice.pin"_s));
    QTRY_VERIFY(m_world->widget("noticeText") && m_world->widget("noticeText")->hasFocus());
    QCOMPARE(m_world->find<QComboBox>("noticePlace")->currentText(), u"This list: Night"_s);
    m_world->press(u"Esc"_s);
    pin(u"Promise no times"_s);
    QTRY_VERIFY(notices("listNotices").contains(u"Promise no times"_s));
    // Once, however many channels it is pinned at.
    QCOMPARE(notices("listNotices").count(u"Promise no times"_s), 1);
    for (const ChannelRecord &channel : std::as_const(m_ofTeam)) {
        showOneOf(channel.id);
        QTRY_COMPARE(notices("composerNotices").count(u"Promise no times"_s), 1);
    }
    QVERIFY(notices("listNotices").isEmpty());
    showOneOf(m_other.id);
    QTRY_VERIFY(notices("composerNotices").isEmpty());
}

void TeamNoticeTest::isChosenWhereverOneIs()
{
    pin(u"Promise no times"_s, u"Team Night"_s);
    QTRY_COMPARE(m_world->window().roster().notices().size(), m_ofTeam.size());
    QVERIFY(notices("listNotices").isEmpty());
    goTo(u"Night"_s);
    QTRY_COMPARE(notices("listNotices").count(u"Promise no times"_s), 1);
}

/// Above all that the team has it would be taken for all of it.
void TeamNoticeTest::noticeOfOneChannelIsNotTheTeams()
{
    const ChannelRecord &first = m_ofTeam.constFirst();
    pin(u"Only here"_s, u"Channel "_s + (first.name.isEmpty() ? first.address : first.name));
    QTRY_COMPARE(m_world->window().roster().notices().size(), 1);
    goTo(u"Night"_s);
    QVERIFY(notices("listNotices").isEmpty());
    showOneOf(first.id);
    QTRY_VERIFY(notices("composerNotices").contains(u"Only here"_s));
}

void TeamNoticeTest::isTakenOffAndUndoneAtOnce()
{
    goTo(u"Night"_s);
    pin(u"Promise no times"_s);
    QTRY_COMPARE(m_world->window().roster().notices().size(), m_ofTeam.size());
    QTRY_COMPARE(notices("listNotices").count(u"Promise no times"_s), 1);
    const auto buttons = m_world->widget("listNotices")->findChildren<QToolButton *>();
    QCOMPARE(buttons.size(), 1);
    QTest::mouseClick(buttons.constFirst(), Qt::LeftButton);
    QTRY_VERIFY(m_world->window().roster().notices().isEmpty());
    QVERIFY(m_world->window().commands().trigger(u"edit.undo"_s));
    QTRY_COMPARE(m_world->window().roster().notices().size(), m_ofTeam.size());
    QTRY_COMPARE(notices("listNotices").count(u"Promise no times"_s), 1);
}

void TeamNoticeTest::noticeOfATagGoesWithTheTag()
{
    const ConversationId id = m_world->showMention();
    QVERIFY(m_world->act(Act::AddTag{id, u"recall"_s}).isApplied());
    goTo(u"recall"_s);
    pin(u"Do not admit anything"_s, u"Tag recall"_s);
    QTRY_VERIFY(notices("listNotices").contains(u"Do not admit anything"_s));
    goTo(u"All open"_s);
    QTRY_VERIFY(notices("listNotices").isEmpty());
    QVERIFY(m_world->show([id](const ConversationRecord &one) { return one.id == id; }).isValid());
    QTRY_VERIFY(notices("composerNotices").contains(u"Do not admit anything"_s));
    QVERIFY(m_world->act(Act::RemoveTag{id, u"recall"_s}).isApplied());
    QTRY_VERIFY(notices("composerNotices").isEmpty());
}

QTEST_MAIN(TeamNoticeTest)
#include "tst_teamnotice.moc"
