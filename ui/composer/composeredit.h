// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QImage>
#include <QPlainTextEdit>

namespace Earshot {

/// The composer's text field: plain text only, pictures and files that are pasted or dropped are told apart, and the
/// keys that end writing are its signals.
class ComposerEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget *parent = nullptr);
    void setTakesMedia(bool takesMedia) { m_takesMedia = takesMedia; }
    /// Marks what is beyond the network's limit. @param from UTF-16 position, -1 = nothing
    void markFrom(qsizetype from);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void sendWanted(bool thenResolve);
    void closeWanted();
    void filesGiven(const QStringList &paths);
    void imageGiven(const QImage &image);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    bool m_takesMedia = false;
};

} // namespace Earshot
