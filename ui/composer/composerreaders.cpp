// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recipients.h"
#include "ui/composer/composer.h"
#include "ui/composer/recipientmenu.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/wording.h"

#include <algorithm>

namespace Earshot {

// Who can read what is written, and who is told of it.

QStringList Composer::recipients() const
{
    if (isOfNote() || !m_target)
        return {};
    const QString author = m_target->kind == MessageKind::reply ? QString() : m_target->authorHandle;
    return recipientsOf(m_subject.channel.network, {author, m_target->mentions, m_target->visibility}, visibility());
}

QStringList Composer::named()
{
    QStringList names = recipients();
    const QStringList &leftOut = draft().leftOut;
    names.removeIf([&leftOut](const QString &name) { return leftOut.contains(name); });
    return names;
}

QStringList Composer::toldAnyway()
{
    const ChannelRecord &channel = m_subject.channel;
    const bool isAside = visibility() == Visibility::direct;
    const bool isBluesky = channel.network == Network::bluesky;
    const QStringList chosen = recipients();
    QStringList told;
    if (isAside && !chosen.isEmpty())
        told.append(chosen.constFirst());
    else if (isBluesky && m_target->kind != MessageKind::reply && !m_target->authorHandle.isEmpty())
        told.append(m_target->authorHandle);
    // Who is named in a chat is not in it.
    if (isBluesky && isAside)
        return told;
    const auto isSame = [](const QString &one) {
        return [&one](const QString &other) { return one.compare(other, Qt::CaseInsensitive) == 0; };
    };
    const QString domain = channel.accountHandle.section(QLatin1Char('@'), -1);
    const QStringList typed = namedIn(channel.network, draft().history->text(), domain);
    for (const QString &name : typed) {
        const auto known = std::find_if(chosen.cbegin(), chosen.cend(), isSame(name));
        const bool isUs = isSame(name)(channel.accountHandle);
        if (!isUs && std::none_of(told.cbegin(), told.cend(), isSame(name)))
            told.append(known != chosen.cend() ? *known : name);
    }
    return told;
}

void Composer::showReaders()
{
    if (isOfNote() || !m_target)
        return;
    const QStringList told = toldAnyway();
    QStringList all = recipients();
    QStringList readers = named();
    for (QStringList *list : {&all, &readers}) {
        list->append(told);
        list->removeDuplicates();
    }
    m_recipients->setRecipients(all, draft().leftOut, told);
    if (readers.isEmpty())
        readers.append(m_target->authorHandle.isEmpty() ? m_target->authorName : m_target->authorHandle);
    for (QString &name : readers)
        name = Wording::isolated(name);
    QString text;
    switch (visibility()) {
    case Visibility::everyone:
    case Visibility::unlisted:
        text = tr("Everybody can read this.");
        break;
    case Visibility::followers:
        text = tr("Our followers and who is named can read this.");
        break;
    case Visibility::direct:
        text = tr("Only %1 can read this.").arg(readers.join(QStringLiteral(", ")));
        break;
    }
    if (m_subject.channel.isPaused())
        text += QLatin1Char(' ') + tr("Sending is stopped here (%1): the reply will wait.")
                                       .arg(Wording::isolated(m_subject.channel.pauseReason));
    m_context->setText(text);
}

} // namespace Earshot
