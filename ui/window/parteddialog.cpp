// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/parteddialog.h"

#include "ui/shell/plainlabel.h"
#include "workspace/wholefile.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Earshot {

PartedDialog::PartedDialog(const QString &server, const QStringList &words, bool areAll, QWidget *parent)
    : QDialog(parent)
    , m_words(new QPlainTextEdit(words.join(QStringLiteral("\n\n* * *\n\n")), this))
    , m_trouble(new PlainLabel(this))
{
    setObjectName(QStringLiteral("partedDialog"));
    setWindowTitle(tr("Access withdrawn"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(10);
    const QString why = words.isEmpty()
                            ? tr("An admin has withdrawn your access to %1. What was kept of it here is deleted.")
                            : tr("An admin has withdrawn your access to %1. What was kept of it here is deleted, but "
                                 "for %Ln text(s) of yours that were not sent:",
                                 nullptr, int(words.size()));
    addSentence(why.arg(server), QStringLiteral("partedWhy"));
    if (!areAll)
        addSentence(tr("What you typed last could not all be read: the file is damaged. Deleted, it is lost; "
                       "cancelled, you are asked again at the next start."),
                    QStringLiteral("partedUnread"))
            ->setBold(true);
    m_words->setObjectName(QStringLiteral("partedWords"));
    m_words->setAccessibleName(tr("What you typed and was not sent"));
    m_words->setReadOnly(true);
    m_words->setTabChangesFocus(true);
    m_trouble->setObjectName(QStringLiteral("partedTrouble"));
    m_trouble->setWrapping(true);
    m_trouble->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("partedCancel"));
    QPushButton *keep = buttons->addButton(tr("Save as a file, then delete…"), QDialogButtonBox::AcceptRole);
    keep->setObjectName(QStringLiteral("partedSave"));
    QPushButton *drop = buttons->addButton(tr("Delete"), QDialogButtonBox::DestructiveRole);
    drop->setObjectName(QStringLiteral("partedDelete"));
    column->addWidget(m_words, 1);
    column->addWidget(m_trouble);
    column->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 60 + 48, sizeHint().height());
    // There is nothing to be saved then.
    m_words->setVisible(!words.isEmpty());
    keep->setVisible(!words.isEmpty());
    (words.isEmpty() ? buttons->button(QDialogButtonBox::Cancel) : keep)->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(keep, &QPushButton::clicked, this, &PartedDialog::chooseFile);
    connect(drop, &QPushButton::clicked, this, &PartedDialog::deleteAsked);
}

PlainLabel *PartedDialog::addSentence(const QString &text, const QString &name)
{
    auto *sentence = new PlainLabel(text, this);
    sentence->setObjectName(name);
    sentence->setWrapping(true);
    sentence->setMinimumHeight(sentence->heightForWidth(fontMetrics().averageCharWidth() * 60));
    layout()->addWidget(sentence);
    return sentence;
}

void PartedDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Save what you typed"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    connect(dialog, &QFileDialog::fileSelected, this, &PartedDialog::save);
    dialog->open();
}

void PartedDialog::save(const QString &path)
{
    QSaveFile file(path);
    const QByteArray text = m_words->toPlainText().toUtf8() + '\n';
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && commitWhole(file)) {
        Q_EMIT deleteAsked();
        return;
    }
    m_trouble->setTrouble(tr("It could not be saved: %1").arg(file.errorString()));
}

} // namespace Earshot
