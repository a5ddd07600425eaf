// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/logoutdialog.h"

#include "ui/shell/plainlabel.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QPushButton>
#include <QVBoxLayout>

namespace Earshot {

LogOutDialog::LogOutDialog(const QString &file, int unsent, QWidget *parent)
    : QDialog(parent)
    , m_erases(new QCheckBox(tr("&Erase what is kept here"), this))
{
    setObjectName(QStringLiteral("logOutDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Log out"));
    const auto say = [this](const QString &text, bool isQuiet) {
        auto *label = new PlainLabel(text, this);
        label->setWrapping(true);
        label->setQuiet(isQuiet);
        label->setMinimumHeight(label->heightForWidth(fontMetrics().averageCharWidth() * 60));
        return label;
    };
    m_erases->setObjectName(QStringLiteral("logOutErases"));
    const QString erasing =
        tr("Deletes the replica with your drafts and all pictures. What was deleted may be found again on the disk "
           "until it is overwritten, on an SSD for long: only an encrypted disk protects against that.");
    m_erases->setAccessibleDescription(erasing);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *out = buttons->addButton(tr("Log out"), QDialogButtonBox::AcceptRole);
    out->setObjectName(QStringLiteral("logOutButton"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(10);
    column->addWidget(
        say(tr("The server forgets this device, and its log-in is removed from the keychain. What is kept "
               "here stays readable for whoever uses this account of the computer, unless it is erased."),
            false));
    if (unsent > 0) {
        auto *warning = say(tr("%Ln thing(s) that you did here, replies perhaps, the server has not taken. They go out "
                               "when you log in here again; erased, they are lost.",
                               nullptr, unsent),
                            false);
        warning->setObjectName(QStringLiteral("logOutUnsent"));
        warning->setBold(true);
        column->addWidget(warning);
        m_erases->setText(tr("&Erase what is kept here, and lose what was not sent"));
        m_erases->setAccessibleDescription(warning->text() + QLatin1Char(' ') + m_erases->accessibleDescription());
    }
    column->addWidget(m_erases);
    column->addWidget(say(erasing, true));
    column->addWidget(say(QDir::toNativeSeparators(file), true));
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const bool erases = m_erases->isChecked();
        accept();
        Q_EMIT logOutAsked(erases);
    });
    m_erases->setFocus();
    resize(fontMetrics().averageCharWidth() * 60 + 48, sizeHint().height());
}

} // namespace Earshot
