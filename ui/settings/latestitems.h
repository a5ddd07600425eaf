// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"

#include <QWidget>

class QListWidget;
class QPushButton;

namespace Earshot {

/// The latest items of what is about to be connected, as proof that it is the right one: without a sign-in what
/// everybody sees, with one what the channel will bring. What cannot be shown is said in their place and stops nobody.
class LatestItems final : public QWidget
{
    Q_OBJECT

public:
    LatestItems(ChannelService &channels, const Clock &clock, QWidget *parent = nullptr);

    /// Asks for them anew; the answer to an earlier question is not shown any more.
    void read(const NewChannel &wish);
    /// Nothing is shown, nor what is on its way.
    void clear();
    /// Whether they can be asked for with what is typed, and whether there is something to be typed at all.
    void setAsking(bool isPossible, bool isNeeded);

Q_SIGNALS:
    /// They are asked for with the sign-in as it is now.
    void wanted();

private:
    void show(const Result<QList<RemoteMessage>> &messages, bool isSignedIn);
    void say(const QString &sentence);

    ChannelService &m_channels;
    const Clock &m_clock;
    quint64 m_asked = 0;
    QPushButton *m_again;
    QListWidget *m_list;
};

} // namespace Earshot
