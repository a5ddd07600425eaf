// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QString>

class QPlainTextEdit;
class QProgressBar;

namespace Earshot {

class PlainLabel;

/// Checks a workspace, or copies it, on a thread of its own, and tells how far it is and what was found. Who closes it
/// meanwhile is not told: the work goes on to its end. Deletes itself.
class UpkeepDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Begins at once.
    [[nodiscard]] static UpkeepDialog *verify(const QString &workspace, QWidget *parent);
    [[nodiscard]] static UpkeepDialog *backUp(const QString &workspace, const QString &target, QWidget *parent);

Q_SIGNALS:
    /// One sentence for the window's bar.
    void ended(bool isGood, const QString &sentence);

private:
    UpkeepDialog(const QString &title, const QString &what, QWidget *parent);
    void showProgress(double share);
    void end(bool isGood, const QString &sentence, const QStringList &details);

    PlainLabel *m_text;
    QProgressBar *m_bar;
    QPlainTextEdit *m_details;
};

} // namespace Earshot
