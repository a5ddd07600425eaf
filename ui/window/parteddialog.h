// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class QPlainTextEdit;

namespace Earshot {

class PlainLabel;

/// Offers an agent who was disabled what they typed and the server has not taken, before it is deleted with the rest of
/// what was kept here. Whoever only closes it is asked again at the next start.
class PartedDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param server as a person names it @param areAll false: there may be more, which could not be read
    PartedDialog(const QString &server, const QStringList &words, bool areAll = true, QWidget *parent = nullptr);

Q_SIGNALS:
    /// It is saved, or not wanted.
    void deleteAsked();

private:
    PlainLabel *addSentence(const QString &text, const QString &name);
    void chooseFile();
    void save(const QString &file);

    QPlainTextEdit *m_words;
    PlainLabel *m_trouble;
};

} // namespace Earshot
