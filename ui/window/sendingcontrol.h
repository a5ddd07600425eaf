// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QObject>
#include <QSet>

#include <functional>

class QWidget;

namespace Earshot {

class ChoiceBar;
class CommandRegistry;
class Roster;

/// Stop sending, for the crisis: on one channel or on all of them. A bar in every window says who stopped what and why
/// for as long as it lasts; resuming lists what waits first, each of which can be discarded. Lives with its window.
class SendingControl final : public QObject
{
    Q_OBJECT

public:
    /// @param bar where it is said
    SendingControl(Desk &desk, const Roster &roster, ChoiceBar &bar, QWidget *window);
    void addCommands(CommandRegistry &commands);
    /// Asks why, or what of the waiting goes out, and then stops or resumes that channel. @param parent of the question
    void toggle(const ChannelRecord &channel, QWidget *parent);

Q_SIGNALS:
    void message(const QString &text);
    /// @param undo gives whether it is undone now, rather than asked about
    void done(const QString &sentence, const std::function<bool()> &undo);

private:
    [[nodiscard]] bool mayStop() const;
    [[nodiscard]] QList<ChannelRecord> stopped() const;
    [[nodiscard]] QList<ChannelRecord> answerable() const;
    [[nodiscard]] QList<DeliveryRecord> waitingOn(const QList<ChannelRecord> &channels) const;
    void showState();
    void askWhere();
    void askWhy(const QList<ChannelRecord> &channels, QWidget *parent);
    void askBeforeResuming(const QList<ChannelRecord> &channels, QWidget *parent);
    void stop(const QList<ChannelRecord> &channels, const QString &reason);
    /// Only when all that is not wanted was discarded, and nothing waits that was not listed.
    void resume(const QList<ChannelRecord> &channels, const QSet<DeliveryId> &kept, const QList<DeliveryId> &discarded,
                QWidget *parent);
    void resume(const QList<ChannelRecord> &channels, const QSet<DeliveryId> &kept, QWidget *parent);
    /// What to say of the first that was refused; empty = none was.
    [[nodiscard]] static QString refusalOf(const QList<Outcome> &outcomes);

    Desk &m_desk;
    const Roster &m_roster;
    ChoiceBar &m_bar;
    QWidget *m_window;
    QString m_said;
    QSet<DeliveryId> m_discarded; ///< by the last decision
};

} // namespace Earshot
