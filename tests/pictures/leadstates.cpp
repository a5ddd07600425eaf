// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/photographer.h"
#include "ui/inbox/viewpane.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/roster.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace Earshot {

// What a lead does, and what goes wrong with networks.

void Photographer::lead()
{
    Act::SaveView shared;
    shared.content.name = named("Urgent, nobody's");
    shared.content.filter.statuses = {Status::open};
    shared.content.filter.owner = ViewFilter::Owner::nobody;
    shared.content.filter.needsAnswer = true;
    shared.content.isGrouped = true;
    (void)m_world->act(shared);
    until("the shared view", [this] { return !m_world->window().roster().views().isEmpty(); });
    m_world->window().findChild<ViewPane *>()->chooseMade(m_world->window().roster().views().constFirst().uuid);
    showMention();
    Act::PinNotice storm;
    storm.text = named("The outage in the north is known: answer with the saved reply, promise no times.");
    storm.until = m_world->clock().now() + std::chrono::hours(3);
    (void)m_world->act(storm);
    until("the notice", [this] { return m_world->widget("listNotices")->isVisible(); });
    photograph(QStringLiteral("notice-and-grouped-view"));
    open("viewDialog", QStringLiteral("view.edit"));
    photograph(QStringLiteral("view-builder"));
    close("viewDialog");
    open("viewDialog", QStringLiteral("view.new"));
    photograph(QStringLiteral("view-builder-new"));
    close("viewDialog");
    open("noticeDialog", QStringLiteral("notice.pin"));
    photograph(QStringLiteral("pin-notice"));
    close("noticeDialog");
}

void Photographer::handing()
{
    m_world->find<QTableView>("conversations")->setFocus();
    // One after the other: what is done late goes on to another row, and takes marks away.
    auto *said = m_world->window().findChild<MessageBar *>();
    for (int i = 0; i < 2; ++i) {
        said->clear();
        press(QStringLiteral("J Shift+A"));
        until("what was done", [said] { return !said->text().isEmpty(); });
    }
    open("dutyDialog", QStringLiteral("duty.off"));
    photograph(QStringLiteral("off-duty"));
    close("dutyDialog");
    m_world->find<QTableView>("conversations")->setFocus();
    press(QStringLiteral("J Shift+J Shift+J Shift+J"));
    open("pickDialog", QStringLiteral("A"));
    photograph(QStringLiteral("assign-many"));
    // What is offered is in the language of the picture: a name is not.
    const QAbstractItemModel *offered = m_world->find<QAbstractItemView>("pickList")->model();
    const int before = offered->rowCount();
    m_world->type(m_world->window().roster().agents().constLast().name.section(QLatin1Char(' '), 0, 0));
    until("fewer of them", [offered, before] { return offered->rowCount() > 0 && offered->rowCount() < before; });
    photograph(QStringLiteral("assign-narrowed"));
    m_world->type(QStringLiteral(" zzyzx"));
    photograph(QStringLiteral("assign-nobody"));
    close("pickDialog");
    open("pickDialog", QStringLiteral("round.start"));
    photograph(QStringLiteral("answer-each"));
    until("the choice", [this] { return m_world->widget("pickField")->hasFocus(); });
    m_world->press(QStringLiteral("Down Return"));
    goBack();
    until("the composer", [this] { return m_world->widget("composer")->isVisible(); });
    photograph(QStringLiteral("answering-round"));
    (void)m_world->window().commands().trigger(QStringLiteral("round.end"));
    press(QStringLiteral("Escape"));
    (void)m_world->window().commands().trigger(QStringLiteral("mark.none"));
}

void Photographer::outbox()
{
    open("outboxDialog", QStringLiteral("outbox.show"));
    photograph(QStringLiteral("outbox"));
    close("outboxDialog");
    m_world->window().close();
    until("the question",
          [this] { return m_world->widget("closeQuestion") && m_world->widget("closeQuestion")->isVisible(); });
    photograph(QStringLiteral("close-question"));
    if (auto *back = m_world->find<QPushButton>("closeBack"))
        back->click();
    for (const DeliveryRecord &delivery : m_world->outbox()) {
        (void)m_world->act(Act::CancelDelivery{delivery.id});
        (void)m_world->act(Act::SettleDelivery{delivery.id});
    }
    until("an empty outbox", [this] { return m_world->window().roster().outbox().isEmpty(); });
    open("outboxDialog", QStringLiteral("outbox.show"));
    photograph(QStringLiteral("outbox-empty"));
    close("outboxDialog");
}

void Photographer::troubles()
{
    QList<ChannelRecord> channels = m_world->window().roster().channels();
    std::stable_partition(channels.begin(), channels.end(),
                          [](const ChannelRecord &channel) { return channel.capabilities.canReply; });
    if (channels.size() < 2)
        return;
    showMention();
    m_world->setHealth(channels.at(0).id, Health::signIn, QStringLiteral("401 Unauthorized"));
    m_world->setHealth(channels.at(1).id, Health::unreachable, QStringLiteral("Connection refused"));
    (void)m_world->act(
        Act::PauseSending{m_world->record(m_world->shown()).channel, named("wrong statement, do not answer")});
    photograph(QStringLiteral("channel-trouble"));
    open("channelsDialog", QStringLiteral("channels.show"));
    photograph(QStringLiteral("channels-trouble"));
    close("channelsDialog");
    until("the stop",
          [this] { return m_world->window().roster().channel(m_world->record(m_world->shown()).channel)->isPaused(); });
    open("resumeDialog", QStringLiteral("sending.resume"));
    photograph(QStringLiteral("resume-nothing"));
    close("resumeDialog");
    Act::SendReply reply;
    reply.conversation = m_world->shown();
    reply.text = QStringLiteral("We are looking into it.");
    (void)m_world->act(reply);
    until("a waiting reply", [this] { return !m_world->window().roster().outbox().isEmpty(); });
    open("resumeDialog", QStringLiteral("sending.resume"));
    photograph(QStringLiteral("resume-sending"));
    close("resumeDialog");
    open("pickDialog", QStringLiteral("sending.stop"));
    photograph(QStringLiteral("stop-sending"));
    close("pickDialog");
}

} // namespace Earshot
