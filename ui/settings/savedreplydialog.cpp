// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/savedreplydialog.h"

#include "model/keptversion.h"
#include "model/placeholders.h"
#include "ui/settings/placeholdermenu.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

SavedReplyDialog::SavedReplyDialog(Desk &desk, const Roster &roster, QWidget *parent)
    : KeepDialog(desk, roster, QStringLiteral("savedReplies"), parent)
    , m_name(new QLineEdit(this))
    , m_text(new QPlainTextEdit(this))
    , m_insert(new QToolButton(this))
{
    setWindowTitle(tr("Saved replies"));
    auto *nameLabel = new QLabel(tr("&Name"), this);
    nameLabel->setBuddy(m_name);
    m_name->setObjectName(QStringLiteral("savedReplyName"));
    m_name->setMaxLength(80);
    m_name->setAccessibleName(tr("Name of the saved reply"));
    auto *textLabel = new QLabel(tr("&Text"), this);
    textLabel->setBuddy(m_text);
    m_text->setObjectName(QStringLiteral("savedReplyText"));
    m_text->setAccessibleName(tr("Text of the saved reply"));
    m_text->setTabChangesFocus(true);
    m_insert->setObjectName(QStringLiteral("savedReplyInsert"));
    PlaceholderMenu::fill(*m_insert, *m_text);
    auto *hint = new PlainLabel(
        tr("Any other words in braces, such as {order number}, are a gap that is filled in by hand."), this);
    hint->setWrapping(true);
    hint->setQuiet(true);
    form()->addWidget(nameLabel);
    form()->addWidget(m_name);
    form()->addWidget(textLabel);
    form()->addWidget(m_text, 1);
    form()->addWidget(m_insert);
    form()->addWidget(hint);
    connect(m_name, &QLineEdit::textEdited, this, &SavedReplyDialog::touch);
    connect(m_text, &QPlainTextEdit::textChanged, this, &SavedReplyDialog::touch);
    begin(tr("There are no saved replies yet. Give one a name and a text; in the composer “;” finds it."));
}

QList<KeepDialog::Entry> SavedReplyDialog::entries() const
{
    QList<Entry> all;
    for (const SavedReplyRecord &reply : roster().savedReplies())
        all.append({reply.id.value, reply.name});
    return all;
}

void SavedReplyDialog::showEntry(qint64 id)
{
    const QList<SavedReplyRecord> &all = roster().savedReplies();
    const auto found =
        std::find_if(all.cbegin(), all.cend(), [id](const SavedReplyRecord &reply) { return reply.id.value == id; });
    m_name->setText(found == all.cend() ? QString() : found->name);
    m_text->setPlainText(found == all.cend() ? QString() : found->text);
}

void SavedReplyDialog::setFormEnabled(bool isEnabled)
{
    m_name->setReadOnly(!isEnabled);
    m_text->setReadOnly(!isEnabled);
    m_insert->setEnabled(isEnabled);
    m_insert->setVisible(!roster().isReadOnly());
}

void SavedReplyDialog::focusForm()
{
    m_name->setFocus();
}

ActionArguments SavedReplyDialog::keeping(qint64 id) const
{
    return Act::KeepSavedReply{SavedReplyId(id), m_name->text(), m_text->toPlainText(), shownVersion()};
}

QString SavedReplyDialog::version(qint64 id) const
{
    for (const SavedReplyRecord &reply : roster().savedReplies()) {
        if (reply.id.value == id)
            return versionOf(Act::KeepSavedReply{reply.id, reply.name, reply.text});
    }
    return {};
}

QString SavedReplyDialog::formName() const
{
    return m_name->text();
}

QString SavedReplyDialog::formVersion() const
{
    return versionOf(Act::KeepSavedReply{{}, m_name->text(), m_text->toPlainText()});
}

ActionArguments SavedReplyDialog::removal(qint64 id) const
{
    return Act::RemoveSavedReply{SavedReplyId(id), shownVersion()};
}

} // namespace Earshot
