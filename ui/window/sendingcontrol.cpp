// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/sendingcontrol.h"

#include "ui/composer/choicebar.h"
#include "ui/inbox/pickdialog.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"
#include "ui/window/resumedialog.h"

#include <QPointer>

#include <algorithm>

namespace Earshot {

namespace {

QString nameOf(const ChannelRecord &channel)
{
    return channel.name.isEmpty() ? channel.address : channel.name;
}

} // namespace

SendingControl::SendingControl(Desk &desk, const Roster &roster, ChoiceBar &bar, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_roster(roster)
    , m_bar(bar)
    , m_window(window)
{
    connect(&roster, &Roster::rosterChanged, this, &SendingControl::showState);
    showState();
}

void SendingControl::addCommands(CommandRegistry &commands)
{
    Command stop;
    stop.id = QStringLiteral("sending.stop");
    stop.text = tr("S&top sending…");
    stop.icon = QStringLiteral("warning");
    stop.needsRight = true;
    stop.isEnabled = [this] { return mayStop() && stopped().size() < answerable().size(); };
    stop.whyNot = [this] {
        if (!mayStop())
            return m_roster.whyNoLead();
        return answerable().isEmpty() ? tr("Nothing is sent from here: no channel can be answered.")
                                      : tr("Sending is stopped on all channels already.");
    };
    stop.run = [this] { askWhere(); };
    commands.add(std::move(stop));
    Command resume;
    resume.id = QStringLiteral("sending.resume");
    resume.text = tr("Res&ume sending…");
    resume.icon = QStringLiteral("outbox");
    resume.needsRight = true;
    resume.isEnabled = [this] { return mayStop() && !stopped().isEmpty(); };
    resume.whyNot = [this] { return mayStop() ? tr("Sending is stopped nowhere.") : m_roster.whyNoLead(); };
    resume.run = [this] { askBeforeResuming(stopped(), m_window); };
    commands.add(std::move(resume));
}

bool SendingControl::mayStop() const
{
    return m_roster.isLead();
}

QList<ChannelRecord> SendingControl::answerable() const
{
    QList<ChannelRecord> channels = m_roster.channels();
    channels.removeIf([](const ChannelRecord &channel) { return !channel.capabilities.canReply; });
    return channels;
}

QList<ChannelRecord> SendingControl::stopped() const
{
    QList<ChannelRecord> channels = answerable();
    channels.removeIf([](const ChannelRecord &channel) { return !channel.isPaused(); });
    return channels;
}

QList<DeliveryRecord> SendingControl::waitingOn(const QList<ChannelRecord> &channels) const
{
    QList<DeliveryRecord> waiting = m_roster.outbox();
    waiting.removeIf([&channels](const DeliveryRecord &delivery) {
        const bool isStill = delivery.state == DeliveryState::held || delivery.state == DeliveryState::queued;
        return !isStill || std::none_of(channels.cbegin(), channels.cend(), [&delivery](const ChannelRecord &channel) {
            return channel.id == delivery.channel;
        });
    });
    return waiting;
}

void SendingControl::showState()
{
    const QList<ChannelRecord> channels = stopped();
    QStringList lines;
    QStringList names;
    for (const ChannelRecord &channel : channels) {
        names.append(Wording::isolated(nameOf(channel)));
        const QString who = Wording::isolated(m_roster.agentName(channel.pausedBy));
        const QString why = channel.pauseReason.isEmpty() ? QString() : Wording::isolated(channel.pauseReason);
        const QString line = why.isEmpty() ? tr("stopped by %1").arg(who) : tr("stopped by %1: %2").arg(who, why);
        if (!lines.contains(line))
            lines.append(line);
    }
    if (channels.isEmpty()) {
        m_said.clear();
        m_bar.clear();
        return;
    }
    const bool isAll = channels.size() == answerable().size();
    const QString where = isAll ? tr("Nothing is sent on any channel")
                                : tr("Nothing is sent on %1").arg(names.join(QStringLiteral(", ")));
    const QString text = tr("%1, %2", "what is stopped, by whom and why").arg(where, lines.join(QStringLiteral("; ")));
    if (text == m_said)
        return;
    m_said = text;
    if (mayStop())
        m_bar.ask(text, {{tr("Resume…"), [this] { askBeforeResuming(stopped(), m_window); }}});
    else
        m_bar.ask(text);
}

void SendingControl::askWhere()
{
    QList<ChannelRecord> channels = answerable();
    channels.removeIf([](const ChannelRecord &channel) { return channel.isPaused(); });
    QList<PickDialog::Choice> choices{{tr("On all channels"), {}, Icons::icon(QStringLiteral("channels"))}};
    for (const ChannelRecord &channel : std::as_const(channels))
        choices.append({nameOf(channel), channel.address, Icons::icon(Icons::ofNetwork(channel.network))});
    auto *dialog = new PickDialog(tr("Stop sending"), choices, m_window);
    connect(dialog, &PickDialog::picked, this,
            [this, channels](int index) { askWhy(index == 0 ? channels : QList{channels.at(index - 1)}, m_window); });
    dialog->open();
}

void SendingControl::toggle(const ChannelRecord &channel, QWidget *parent)
{
    if (channel.isPaused())
        askBeforeResuming({channel}, parent);
    else
        askWhy({channel}, parent);
}

void SendingControl::askWhy(const QList<ChannelRecord> &channels, QWidget *parent)
{
    auto *dialog = new PickDialog(tr("Why is sending stopped?"), {}, parent);
    dialog->setPlaceholder(tr("Everybody sees this"));
    dialog->allowNew(tr("Stop sending: “%1”"));
    connect(dialog, &PickDialog::typed, this, [this, channels](const QString &reason) { stop(channels, reason); });
    dialog->open();
}

void SendingControl::stop(const QList<ChannelRecord> &channels, const QString &reason)
{
    QList<Action> actions;
    for (const ChannelRecord &channel : channels)
        actions.append(makeAction(Act::PauseSending{channel.id, reason}, m_desk.workspace().clock().now()));
    whenTold(m_desk.perform(actions), this, [this, channels](const QList<Outcome> &outcomes) {
        if (const QString why = refusalOf(outcomes); !why.isEmpty()) {
            Q_EMIT message(why);
            return;
        }
        // Taken back, what has been waiting would go out: it is listed first.
        Q_EMIT done(tr("Sending is stopped. Replies wait."), [this, channels] {
            askBeforeResuming(channels, m_window);
            return false;
        });
    });
}

void SendingControl::askBeforeResuming(const QList<ChannelRecord> &channels, QWidget *parent)
{
    if (channels.isEmpty())
        return;
    auto *dialog = new ResumeDialog(m_roster, waitingOn(channels), parent);
    // What colleagues write meanwhile is not to go out unseen.
    connect(&m_roster, &Roster::outboxChanged, dialog,
            [this, dialog, channels] { dialog->setWaiting(waitingOn(channels)); });
    connect(
        dialog, &ResumeDialog::decided, this,
        [this, channels, parent = QPointer(parent)](const QSet<DeliveryId> &kept, const QList<DeliveryId> &discarded) {
            resume(channels, kept, discarded, parent ? parent.data() : m_window);
        });
    dialog->open();
}

void SendingControl::resume(const QList<ChannelRecord> &channels, const QSet<DeliveryId> &kept,
                            const QList<DeliveryId> &discarded, QWidget *parent)
{
    // The roster hears of it later than this.
    m_discarded = QSet<DeliveryId>(discarded.cbegin(), discarded.cend());
    if (discarded.isEmpty()) {
        resume(channels, kept, parent);
        return;
    }
    QList<Action> cancels;
    for (const DeliveryId delivery : discarded)
        cancels.append(makeAction(Act::CancelDelivery{delivery}, m_desk.workspace().clock().now()));
    whenTold(m_desk.perform(cancels), this,
             [this, channels, kept, parent = QPointer(parent)](const QList<Outcome> &outcomes) {
                 const QString why = refusalOf(outcomes);
                 const bool isAhead = std::any_of(outcomes.cbegin(), outcomes.cend(),
                                                  [](const Outcome &outcome) { return outcome.isForecast; });
                 if (!why.isEmpty())
                     Q_EMIT message(tr("Not everything could be discarded, so sending stays stopped. %1").arg(why));
                 else if (isAhead)
                     Q_EMIT message(tr("The server is asked to discard it. Until it has answered sending stays "
                                       "stopped."));
                 else
                     resume(channels, kept, parent ? parent.data() : m_window);
             });
}

void SendingControl::resume(const QList<ChannelRecord> &channels, const QSet<DeliveryId> &kept, QWidget *parent)
{
    const QList<DeliveryRecord> waiting = waitingOn(channels);
    const bool isAllListed = std::all_of(waiting.cbegin(), waiting.cend(), [this, &kept](const DeliveryRecord &one) {
        return kept.contains(one.id) || m_discarded.contains(one.id);
    });
    if (!isAllListed) {
        askBeforeResuming(channels, parent);
        return;
    }
    QList<Action> actions;
    QHash<ChannelId, QString> reasons;
    for (const ChannelRecord &channel : channels) {
        const ChannelRecord *now = m_roster.channel(channel.id);
        reasons.insert(channel.id, now ? now->pauseReason : channel.pauseReason);
        actions.append(makeAction(Act::ResumeSending{channel.id}, m_desk.workspace().clock().now()));
    }
    whenTold(m_desk.perform(actions), this, [this, channels, reasons](const QList<Outcome> &outcomes) {
        if (const QString why = refusalOf(outcomes); !why.isEmpty()) {
            Q_EMIT message(why);
            return;
        }
        Q_EMIT done(tr("Sending goes on."), [this, channels, reasons] {
            for (const ChannelRecord &channel : channels)
                stop({channel}, reasons.value(channel.id));
            return false;
        });
    });
}

QString SendingControl::refusalOf(const QList<Outcome> &outcomes)
{
    const auto refused =
        std::find_if(outcomes.cbegin(), outcomes.cend(), [](const Outcome &outcome) { return !outcome.isApplied(); });
    return refused == outcomes.cend() ? QString() : ErrorText::of(refused->refusal);
}

} // namespace Earshot
