// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/latestitems.h"

#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>

namespace Earshot {

LatestItems::LatestItems(ChannelService &channels, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_channels(channels)
    , m_clock(clock)
    , m_again(new QPushButton(tr("Show them with this sign-in"), this))
    , m_list(new QListWidget(this))
{
    auto *heading = new PlainLabel(tr("The latest there"), this);
    heading->setQuiet(true);
    m_again->setObjectName(QStringLiteral("connectRead"));
    m_again->setAccessibleName(tr("Show the latest items with this sign-in"));
    m_again->setAutoDefault(false);
    m_list->setObjectName(QStringLiteral("connectPreview"));
    m_list->setAccessibleName(tr("The latest items"));
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *row = new QHBoxLayout;
    row->addWidget(heading, 1);
    row->addWidget(m_again);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_list, 1);
    connect(m_again, &QPushButton::clicked, this, &LatestItems::wanted);
}

void LatestItems::setAsking(bool isPossible, bool isNeeded)
{
    m_again->setVisible(isNeeded);
    m_again->setEnabled(isPossible);
}

void LatestItems::clear()
{
    ++m_asked;
    m_list->clear();
}

void LatestItems::read(const NewChannel &wish)
{
    say(tr("Reading…"));
    whenDone(
        m_channels.preview(wish), this,
        [this, asked = ++m_asked, isSignedIn = !wish.secret.isEmpty()](const Result<QList<RemoteMessage>> &messages) {
            if (asked == m_asked)
                show(messages, isSignedIn);
        });
}

void LatestItems::show(const Result<QList<RemoteMessage>> &messages, bool isSignedIn)
{
    if (!messages) {
        const ErrorKind kind = messages.error().kind;
        const bool isLocked = kind == ErrorKind::authExpired || kind == ErrorKind::permission;
        if (kind == ErrorKind::unsupported)
            say(tr("They cannot be shown before it is connected."));
        else
            say(isLocked && !isSignedIn ? tr("Visible after signing in.") : ErrorText::ofAttempt(messages.error()));
        return;
    }
    if (messages->isEmpty()) {
        say(isSignedIn ? tr("Nobody has written there yet.") : tr("Nothing has been written there yet."));
        return;
    }
    m_list->clear();
    m_list->setWordWrap(false);
    for (const RemoteMessage &message : *messages) {
        const QString who = message.author.name.isEmpty() ? message.author.handle : message.author.name;
        m_list->addItem(QStringLiteral("%1 · %2\n%3")
                            .arg(who, Wording::age(message.sentAt, m_clock.now()),
                                 message.text.isEmpty() ? message.threadTitle : message.text));
    }
}

void LatestItems::say(const QString &sentence)
{
    m_list->clear();
    m_list->setWordWrap(true);
    m_list->addItem(sentence);
}

} // namespace Earshot
